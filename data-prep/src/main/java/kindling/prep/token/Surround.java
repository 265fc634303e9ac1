package kindling.prep.token;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The ids that a {@code post_processor} puts before and after those of a text. */
record Surround(List<Integer> before, List<Integer> after) {
    private static final Surround NONE = new Surround(List.of(), List.of());

    static Surround read(JsonPart part) {
        if (part.isAbsent()) {
            return NONE;
        }
        return switch (part.type()) {
            case "ByteLevel" -> NONE; // moves offsets, which nothing here has
            case "TemplateProcessing" -> template(part);
            case "BertProcessing", "RobertaProcessing" ->
                new Surround(token(part.part("cls")), token(part.part("sep")));
            case "Sequence" ->
                part.part("processors").list().stream().map(Surround::read).reduce(NONE, Surround::within);
            default -> throw part.foreign();
        };
    }

    /** All ids, for a check. */
    Stream<Integer> ids() {
        return Stream.concat(before.stream(), after.stream());
    }

    private Surround within(Surround outer) {
        return new Surround(join(outer.before, before), join(after, outer.after));
    }

    private static List<Integer> join(List<Integer> left, List<Integer> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }

    private static Surround template(JsonPart part) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        boolean passed = false;
        for (JsonPart piece : part.part("single").list()) {
            if (!piece.part("Sequence").isAbsent()) {
                piece.requireOurs(!passed, "repeats the text");
                passed = true;
            } else {
                (passed ? after : before)
                        .addAll(special(part, piece.part("SpecialToken").part("id")));
            }
        }
        part.requireOurs(passed, "leaves the text out");
        return new Surround(before, after);
    }

    private static List<Integer> special(JsonPart template, JsonPart name) {
        JsonPart ids = template.part("special_tokens").part(name.string()).part("ids");
        ids.require(!ids.isAbsent(), "is missing, but the template names it: get a complete file");
        return ids.list().stream().map(JsonPart::id).toList();
    }

    /** {@code ["</s>", 2]}. */
    private static List<Integer> token(JsonPart part) {
        part.require(part.list().size() == 2, "must be a token and its id");
        return List.of(part.list().get(1).id());
    }
}
