package kindling.prep.token;

import java.util.List;

/**
 * The added tokens that are looked for in a text: first those that are written as they are, then, in the normalized text between them, those that
 * are normalized too.
 */
final class AddedTokens {
    private final TokenFinder exact;
    private final TokenFinder normalized;
    private final TextNormalizer normalizer;

    /** What a text consists of. */
    interface Parts {
        /** @param first whether the text begins with this part */
        void text(String normalized, boolean first);

        void token(int id);
    }

    AddedTokens(List<AddedToken> tokens, TextNormalizer normalizer) {
        this.normalizer = normalizer;
        this.exact = new TokenFinder(tokens.stream().filter(token -> !token.normalized()), content -> content);
        this.normalized = new TokenFinder(tokens.stream().filter(AddedToken::normalized), normalizer::apply);
    }

    /** Hands over a text's parts in order. */
    void split(String text, Parts parts) {
        exact.split(text, new TokenFinder.Parts() {
            @Override
            public void text(String part, int start) {
                splitNormalized(normalizer.apply(part), start == 0, parts);
            }

            @Override
            public void token(int id) {
                parts.token(id);
            }
        });
    }

    private void splitNormalized(String text, boolean atBeginning, Parts parts) {
        normalized.split(text, new TokenFinder.Parts() {
            @Override
            public void text(String part, int start) {
                parts.text(part, atBeginning && start == 0);
            }

            @Override
            public void token(int id) {
                parts.token(id);
            }
        });
    }
}
