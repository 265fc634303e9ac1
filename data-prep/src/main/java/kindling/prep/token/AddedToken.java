package kindling.prep.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A token that is found in the text before any word is cut.
 *
 * @param special whether decoding may skip it, and whether untrusted text may not name it
 * @param singleWord whether it is found only where no word character touches it
 * @param leftStrip whether it swallows the white space before it
 * @param rightStrip whether it swallows the white space after it
 * @param normalized whether it is looked for in the normalized text, itself normalized
 */
record AddedToken(
        int id,
        String content,
        boolean special,
        boolean singleWord,
        boolean leftStrip,
        boolean rightStrip,
        boolean normalized) {

    static AddedToken read(JsonPart part) {
        AddedToken token = new AddedToken(
                part.part("id").id(),
                part.part("content").string(),
                part.flag("special", false),
                part.flag("single_word", false),
                part.flag("lstrip", false),
                part.flag("rstrip", false),
                part.flag("normalized", false));
        part.require(!token.content().isEmpty(), "has no content: remove it");
        return token;
    }

    /** A special token that is found wherever its characters stand. */
    static AddedToken special(int id, String content) {
        return new AddedToken(id, content, true, false, false, false, false);
    }

    /** The same token under another name, which no normalizer may change. */
    AddedToken named(String other) {
        return new AddedToken(id, other, special, singleWord, leftStrip, rightStrip, false);
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", singleWord)
                .put("lstrip", leftStrip)
                .put("rstrip", rightStrip)
                .put("normalized", normalized)
                .put("special", special);
    }
}
