"""The tokenizer of multilingual-e5-small (XLM-RoBERTa's, a SentencePiece unigram model), from pieces and scores."""

import io
from collections.abc import Iterator

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.e5_weights import Vocabulary

_VARINT, _LENGTH_DELIMITED, _FIXED32 = 0, 2, 5
_NORMALIZER_SPEC, _PRECOMPILED_CHARSMAP = 3, 2  # field numbers in sentencepiece_model.proto


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """A tokenizer that gives the ids of the original SentencePiece model, between `<s>` and `</s>`."""
    tokenizer = Tokenizer(
        models.Unigram(
            list(zip(vocabulary.pieces, vocabulary.scores, strict=True)), unk_id=vocabulary.unk, byte_fallback=False
        )
    )
    # NFC, which the original file lacks, makes this equal to SentencePiece itself: the library applies the table to one
    # code point at a time, so half-width katakana (and kana of files from macOS) would lose their voiced marks.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(_nmt_nfkc_charsmap()),
            normalizers.NFC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    tokenizer.decoder = decoders.Metaspace()
    special = [bos, vocabulary.pieces[vocabulary.pad], eos, vocabulary.pieces[vocabulary.unk]]
    tokenizer.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece in special])
    return tokenizer


def _nmt_nfkc_charsmap() -> bytes:
    """SentencePiece's built-in `nmt_nfkc` normalisation table, the one that XLM-RoBERTa was trained with.

    The library hands it out only inside a trained model, so a model of a few pieces is trained in memory.
    """
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["あいう abc"] * 50),
        model_writer=model,
        vocab_size=20,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    spec = dict(_length_delimited(model.getvalue()))[_NORMALIZER_SPEC]
    return dict(_length_delimited(spec))[_PRECOMPILED_CHARSMAP]


def _length_delimited(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of the length-delimited fields of a protobuf message, in order."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        wire_type = key & 7
        if wire_type == _LENGTH_DELIMITED:
            size, at = _varint(message, at)
            yield key >> 3, message[at : at + size]
            at += size
        elif wire_type == _VARINT:
            _, at = _varint(message, at)
        else:
            at += 4 if wire_type == _FIXED32 else 8


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return value, at
        shift += 7
