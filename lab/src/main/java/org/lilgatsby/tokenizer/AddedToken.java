package org.lilgatsby.tokenizer;

/**
 * A token that is found in the text as it stands, before the text is cut into pieces.
 *
 * @param content what is looked for, not empty
 * @param singleWord whether no character of a word may stand beside it
 * @param stripLeft whether the white space on its left belongs to it
 * @param stripRight whether the white space on its right belongs to it
 * @param normalized whether it is looked for in the normalized text, normalized itself
 * @param special whether it marks something and is not text
 */
public record AddedToken(
        int id,
        String content,
        boolean singleWord,
        boolean stripLeft,
        boolean stripRight,
        boolean normalized,
        boolean special) {
    /** A token that marks something, such as the end of a document. */
    public static AddedToken special(int id, String content) {
        return new AddedToken(id, content, false, false, false, false, true);
    }
}
