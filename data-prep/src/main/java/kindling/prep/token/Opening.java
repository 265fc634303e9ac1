package kindling.prep.token;

/** What a pre-tokenizer does to a text before it cuts words. */
@FunctionalInterface
interface Opening {
    Opening NONE = (text, first) -> text;

    /** @param first whether this text is the beginning of what is encoded, and no added token stands before it */
    String apply(String text, boolean first);

    /** A space before a text that has none: {@code add_prefix_space}. */
    static Opening withSpace() {
        return (text, first) -> text.isEmpty() || text.startsWith(" ") ? text : " " + text;
    }

    /** Spaces as a visible character, one of them before the text: {@code Metaspace}. */
    static Opening metaspace(char replacement, String scheme, JsonPart part) {
        part.requireOurs(scheme.matches("always|first|never"), "has prepend_scheme %s", scheme);
        return (text, first) -> {
            String replaced = text.replace(' ', replacement);
            boolean wanted = scheme.equals("always") || (scheme.equals("first") && first);
            return wanted && !replaced.isEmpty() && replaced.charAt(0) != replacement
                    ? replacement + replaced
                    : replaced;
        };
    }
}
