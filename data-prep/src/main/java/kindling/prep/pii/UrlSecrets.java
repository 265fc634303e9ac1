package kindling.prep.pii;

import java.util.Locale;
import java.util.Set;

/** Parameters of an address that open a door to whoever has them: {@code ?access_token=…}, {@code &X-Amz-Signature=…}. */
final class UrlSecrets {
    private static final int MAX_NAME = 40;

    private static final Set<String> NAMES =
            Context.words("key sig sid auth pwd pass passwd password passphrase jwt apikey session sessid otp pin");
    private static final Set<String> LAST_WORDS =
            Context.words("token secret signature password credential sessionid sessid");
    /** Before {@code key}: an API key and not a search key. */
    private static final Set<String> WORDS_BEFORE_KEY =
            Context.words("api access secret private auth subscription account signing");

    private UrlSecrets() {}

    /** Whether one of the parameters in this part of the text has such a name, and a value. */
    static boolean in(String text, int from, int to) {
        int name = -1;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '?' || c == '&' || c == '#' || c == ';') {
                name = i + 1;
            } else if (c == '=' && name >= 0) {
                if (i + 1 < to
                        && text.charAt(i + 1) != '&'
                        && i - name <= MAX_NAME
                        && isSecret(text.substring(name, i))) {
                    return true;
                }
                name = -1;
            }
        }
        return false;
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String joined = lower.replace("_", "").replace("-", "").replace(".", "");
        return NAMES.contains(lower)
                || endsWithAny(joined, LAST_WORDS)
                || (joined.endsWith("key") && endsWithAny(joined.substring(0, joined.length() - 3), WORDS_BEFORE_KEY));
    }

    private static boolean endsWithAny(String name, Set<String> ends) {
        return ends.stream().anyMatch(name::endsWith);
    }
}
