package kindling.prep;

import java.util.Objects;

/** What a stage decided about a document: it stays, or it goes for a reason that is written to the ledger. */
public sealed interface Verdict {
    Verdict KEEP = new Keep();

    /** A {@link Drop}. */
    static Verdict drop(String reason, String detail) {
        return new Drop(reason, detail);
    }

    /** The document stays. */
    record Keep() implements Verdict {}

    /**
     * The document goes.
     *
     * @param reason a constant in snake_case that can be counted, such as {@code gopher_symbol_ratio}
     * @param detail the value and the rule it broke, such as {@code 0.31 > 0.10}; never text of the document
     */
    record Drop(String reason, String detail) implements Verdict {
        public Drop {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
