package kindling.prep.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A part of a {@code tokenizer.json} with its path, {@code pre_tokenizer.pretokenizers[1]}, for messages that say where. */
record JsonPart(String path, JsonNode node) {
    /** Ids below this; the largest published vocabularies have a quarter of a million. */
    static final int MOST_IDS = 1 << 22;

    /** The part of this name; where the file has none, one that {@link #isAbsent}. */
    JsonPart part(String name) {
        return new JsonPart(path.isEmpty() ? name : path + "." + name, node.path(name));
    }

    boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    String type() {
        return part("type").string();
    }

    String string() {
        require(node.isTextual(), "must be a string, not %s", kind());
        return node.textValue();
    }

    /** A string of one character; more are foreign. */
    char character() {
        requireOurs(string().length() == 1, "has other than one character");
        return node.textValue().charAt(0);
    }

    String string(String name, String absent) {
        return part(name).isAbsent() ? absent : part(name).string();
    }

    boolean flag(String name, boolean absent) {
        JsonPart flag = part(name);
        flag.require(flag.isAbsent() || flag.node.isBoolean(), "must be true or false, not %s", flag.kind());
        return flag.isAbsent() ? absent : flag.node.booleanValue();
    }

    int id() {
        boolean isId = node.isIntegralNumber() && node.canConvertToInt();
        require(
                isId && node.intValue() >= 0 && node.intValue() < MOST_IDS,
                "must be an id in 0 … %d, not %s: is the file damaged?",
                MOST_IDS - 1,
                node.isNumber() ? node : kind());
        return node.intValue();
    }

    int count(String name, int absent) {
        JsonPart count = part(name);
        count.require(
                count.isAbsent() || (count.node.canConvertToInt() && count.node.intValue() >= 0),
                "must be a number >= 0, not %s",
                count.isAbsent() || !count.node.isNumber() ? count.kind() : count.node);
        return count.isAbsent() ? absent : count.node.intValue();
    }

    /** The elements of an array; none where the part is absent. */
    List<JsonPart> list() {
        require(isAbsent() || node.isArray(), "must be an array, not %s", kind());
        List<JsonPart> elements = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            elements.add(new JsonPart("%s[%d]".formatted(path, elements.size()), element));
        }
        return elements;
    }

    /** Refuses the file unless this holds; the message is written only then. */
    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
    void require(boolean holds, String problem, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException("tokenizer.json: " + path + " " + problem.formatted(values));
        }
    }

    /** Leaves the file to the foreign tokenizer unless this holds; the message is written only then. */
    @SuppressWarnings("AnnotateFormatMethod")
    void requireOurs(boolean holds, String what, Object... values) {
        if (!holds) {
            throw new ForeignKindException(path + " " + what.formatted(values));
        }
    }

    /** That this part's type is none that ours knows. */
    ForeignKindException foreign() {
        return new ForeignKindException("%s is of type %s".formatted(path, string("type", "none")));
    }

    private String kind() {
        return isAbsent()
                ? "absent"
                : "a value of type " + node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
