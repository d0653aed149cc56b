"""The officials' page: no logic, only how an answer is shown."""
