package org.lilgatsby.safetensors;

/** What is wrong with a file, or with the place it should be written to. */
public enum Fault {
    /** Not a regular file: a directory, a pipe, a device, or (when writing) a symbolic link. */
    NOT_A_FILE,
    /** Fewer than the 8 bytes of the header's length. */
    TOO_SHORT,
    /** The header is longer than the 100,000,000 bytes that the format allows. */
    HEADER_TOO_LARGE,
    /** The header ends after the file. */
    HEADER_OUT_OF_FILE,
    /** The header is not UTF-8, or a metadata text has an unpaired surrogate. */
    INVALID_UTF8,
    /** The header is not one JSON object that starts at its first byte and is followed only by white space. */
    MALFORMED_JSON,
    /** Nesting, a string, a number, a rank or a count beyond what this reader takes. */
    LIMIT_EXCEEDED,
    /** A JSON value of another type than the format has at this place. */
    WRONG_TYPE,
    /** A tensor's entry lacks dtype, shape or data_offsets, or data_offsets does not have two numbers. */
    MISSING_KEY,
    /** A tensor's entry has a key that the format does not know. */
    UNKNOWN_KEY,
    /** A key occurs twice in one tensor's entry or in the metadata. */
    DUPLICATE_KEY,
    /** Two tensors of one name, or two metadata entries. */
    DUPLICATE_NAME,
    /** An element type that the format does not know. */
    UNKNOWN_DTYPE,
    /** A dimension or an offset below zero. */
    NEGATIVE_NUMBER,
    /** A number, or a shape's number of elements or bits, above 2^63-1. */
    SIZE_OVERFLOW,
    /** Elements smaller than a byte that do not fill whole bytes. */
    PARTIAL_BYTE,
    /** A tensor that ends before it begins. */
    REVERSED_OFFSETS,
    /** A tensor that ends after the file. */
    OUT_OF_FILE,
    /** The bytes between a tensor's offsets are not those of its shape and type. */
    SPAN_MISMATCH,
    /** A tensor begins before the one in front of it ends. */
    OVERLAP,
    /** Bytes between two tensors, or before the first, that belong to none. */
    HOLE,
    /** Bytes after the last tensor. */
    TRAILING_BYTES,
    /** The file has no tensor of the name asked for. */
    NO_SUCH_TENSOR,
    /** There is already a file where a new one should be created. */
    ALREADY_EXISTS,
    /** The directory may not be written to. */
    READ_ONLY,
    /** A file to be continued has a header or size other than the layout's. */
    LAYOUT_DIFFERS
}
