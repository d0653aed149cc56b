"""Datasets, metrics and runs that tell whether answers got better."""
