package kindling.prep.pii;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Keys to other people's services: those that their issuer gives a prefix of its own (GitHub's documentation "Supported secret scanning patterns"
 * names most), JSON web tokens (RFC 7519), Telegram's bot tokens, and whatever looks random behind a name such as {@code password=} or
 * {@code "api_key":}, of which only the value is found.
 */
final class ApiKeyRecognizer implements Recognizer {
    static final String TYPE = "API_KEY";

    private static final double SURE = 1.0;
    private static final double ASSIGNED = 0.7;
    private static final int MAX_KEY = 4096;
    /** Of twenty random letters and digits fewer than eight different ones are as good as never seen. */
    private static final int MIN_DIFFERENT = 8;

    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BitSet UPPER = characters(DIGITS + LETTERS.substring(0, 26));
    private static final BitSet HEX = characters(DIGITS + "abcdef");
    private static final BitSet ALPHANUMERIC = characters(DIGITS + LETTERS);
    private static final BitSet WITH_DASH = characters(DIGITS + LETTERS + "-");
    private static final BitSet WITH_UNDERSCORE = characters(DIGITS + LETTERS + "_");
    private static final BitSet BASE_64 = characters(DIGITS + LETTERS + "+/=");
    private static final BitSet URL_BASE_64 = characters(DIGITS + LETTERS + "-_=");
    private static final BitSet WITH_DOT = characters(DIGITS + LETTERS + "-_.");

    /** What a key starts with, then between {@code shortest} and {@code longest} of these characters. */
    private record Issuer(String prefix, BitSet characters, int shortest, int longest) {}

    private static final List<Issuer> ISSUERS = List.of(
            new Issuer("AKIA", UPPER, 16, 16), // Amazon, long-lived
            new Issuer("ASIA", UPPER, 16, 16), // Amazon, temporary
            new Issuer("ABIA", UPPER, 16, 16), // Amazon, bearer
            new Issuer("ghp_", ALPHANUMERIC, 36, 251), // GitHub
            new Issuer("gho_", ALPHANUMERIC, 36, 251),
            new Issuer("ghu_", ALPHANUMERIC, 36, 251),
            new Issuer("ghs_", ALPHANUMERIC, 36, 251),
            new Issuer("ghr_", ALPHANUMERIC, 36, 251),
            new Issuer("github_pat_", WITH_UNDERSCORE, 82, 251),
            new Issuer("glpat-", WITH_DOT, 20, 300), // GitLab
            new Issuer("xoxb-", WITH_DASH, 20, 300), // Slack
            new Issuer("xoxp-", WITH_DASH, 20, 300),
            new Issuer("xoxa-", WITH_DASH, 20, 300),
            new Issuer("xoxr-", WITH_DASH, 20, 300),
            new Issuer("xoxs-", WITH_DASH, 20, 300),
            new Issuer("xapp-", WITH_DASH, 20, 300),
            new Issuer("sk_live_", ALPHANUMERIC, 16, 250), // Stripe
            new Issuer("sk_test_", ALPHANUMERIC, 16, 250),
            new Issuer("rk_live_", ALPHANUMERIC, 16, 250),
            new Issuer("rk_test_", ALPHANUMERIC, 16, 250),
            new Issuer("whsec_", BASE_64, 24, 100),
            new Issuer("AIza", URL_BASE_64, 35, 35), // Google
            new Issuer("GOCSPX-", URL_BASE_64, 28, 28),
            new Issuer("ya29.", URL_BASE_64, 40, MAX_KEY),
            new Issuer("sk-ant-", URL_BASE_64, 32, 250), // Anthropic
            new Issuer("sk-proj-", URL_BASE_64, 40, 250), // OpenAI
            new Issuer("sk-svcacct-", URL_BASE_64, 40, 250),
            new Issuer("sk-", ALPHANUMERIC, 32, 64),
            new Issuer("hf_", ALPHANUMERIC, 34, 40), // Hugging Face
            new Issuer("gsk_", ALPHANUMERIC, 52, 52), // Groq
            new Issuer("r8_", ALPHANUMERIC, 37, 37), // Replicate
            new Issuer("SG.", WITH_DOT, 66, 66), // SendGrid
            new Issuer("SK", HEX, 32, 32), // Twilio
            new Issuer("AC", HEX, 32, 32),
            new Issuer("key-", HEX, 32, 32), // Mailgun
            new Issuer("npm_", ALPHANUMERIC, 36, 36),
            new Issuer("pypi-AgE", URL_BASE_64, 80, 400),
            new Issuer("dop_v1_", HEX, 64, 64), // DigitalOcean
            new Issuer("shpat_", HEX, 32, 32), // Shopify
            new Issuer("shpss_", HEX, 32, 32),
            new Issuer("shpca_", HEX, 32, 32),
            new Issuer("sq0atp-", URL_BASE_64, 22, 22), // Square
            new Issuer("sq0csp-", URL_BASE_64, 43, 43),
            new Issuer("hvs.", URL_BASE_64, 24, 300), // HashiCorp
            new Issuer("dckr_pat_", URL_BASE_64, 27, 40), // Docker
            new Issuer("lin_api_", ALPHANUMERIC, 40, 40), // Linear
            new Issuer("ATATT3x", URL_BASE_64, 180, 250), // Atlassian
            new Issuer("rubygems_", HEX, 48, 48));

    /** The issuers whose prefix starts with a character, by that character. */
    private static final Issuer[][] BY_FIRST = byFirst();

    /** For a first character the second ones of all prefixes, one bit for each value modulo 64. */
    private static final long[] SECOND = second();

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i;
            if (c == '=' || c == ':') {
                end = c == ':' && Context.isDigitAt(text, i - 1) ? telegram(text, i, found) : i;
                end = end == i
                        ? SecretAssignment.find(text, i, (from, to) -> found.add(TYPE, from, to, ASSIGNED))
                        : end;
            } else if (mayStart(text, i)) {
                end = keyEnd(text, i);
                if (end > i) {
                    found.add(TYPE, i, end, SURE);
                }
            }
            i = Math.max(end, i + 1);
        }
    }

    /** Two characters rule out nearly all places, and no key starts inside a word or behind a dash. */
    private static boolean mayStart(String text, int i) {
        char c = text.charAt(i);
        boolean known = c < SECOND.length && i + 1 < text.length() && (SECOND[c] & 1L << text.charAt(i + 1)) != 0;
        return known && !Context.isWordAt(text, i - 1) && (i == 0 || text.charAt(i - 1) != '-');
    }

    /** The end of the key that starts here, or {@code from}. */
    private static int keyEnd(String text, int from) {
        if (text.startsWith("eyJ", from)) {
            return tokenEnd(text, from);
        }
        for (Issuer issuer : BY_FIRST[text.charAt(from)]) {
            if (text.startsWith(issuer.prefix, from)) {
                int body = from + issuer.prefix.length();
                int end = withoutStop(text, runEnd(text, body, issuer.characters, issuer.longest + 1));
                int length = end - body;
                boolean whole = length >= issuer.shortest && length <= issuer.longest && !Context.isWordAt(text, end);
                if (whole && isRandom(text, body, end)) {
                    return end;
                }
            }
        }
        return from;
    }

    /** A dot inside is the key's, one at the end is the sentence's. */
    private static int withoutStop(String text, int end) {
        return text.charAt(end - 1) == '.' ? end - 1 : end;
    }

    /** Header, claims and signature, each in base64; header and claims start with <code>{"</code>. */
    private static int tokenEnd(String text, int from) {
        int header = runEnd(text, from, URL_BASE_64, MAX_KEY);
        if (header - from < 10 || !text.startsWith(".eyJ", header)) {
            return from;
        }
        int claims = runEnd(text, header + 1, URL_BASE_64, MAX_KEY);
        if (claims >= text.length() || text.charAt(claims) != '.') {
            return from;
        }
        int end = runEnd(text, claims + 1, URL_BASE_64, MAX_KEY);
        return end - claims > 16 && isRandom(text, claims + 1, end) ? end : from;
    }

    /** The bot's number, a colon and 35 characters (Telegram Bot API); returns its end, or {@code colon}. */
    private static int telegram(String text, int colon, Found found) {
        int start = colon;
        while (colon - start < 11 && Context.isDigitAt(text, start - 1)) {
            start--;
        }
        int end = runEnd(text, colon + 1, URL_BASE_64, 36);
        boolean shaped = colon - start >= 8 && colon - start <= 10 && end - colon - 1 == 35;
        if (shaped && !Context.isWordAt(text, start - 1) && isRandom(text, colon + 1, end)) {
            found.add(TYPE, start, end, SURE);
            return end;
        }
        return colon;
    }

    private static int runEnd(String text, int from, BitSet characters, int most) {
        int limit = Math.min(text.length(), from + most);
        int end = from;
        while (end < limit && characters.get(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Not {@code xxxxxxxx} nor an identifier made of words: a digit, and enough different characters. */
    private static boolean isRandom(String text, int start, int end) {
        String body = text.substring(start, end);
        return body.chars().anyMatch(c -> c >= '0' && c <= '9')
                && body.chars().distinct().count() >= MIN_DIFFERENT;
    }

    private static BitSet characters(String characters) {
        BitSet set = new BitSet();
        characters.chars().forEach(set::set);
        return set;
    }

    private static Issuer[][] byFirst() {
        Issuer[][] table = new Issuer[128][];
        for (Issuer issuer : ISSUERS) {
            char first = issuer.prefix.charAt(0);
            table[first] = ISSUERS.stream()
                    .filter(other -> other.prefix.charAt(0) == first)
                    .toArray(Issuer[]::new);
        }
        table['e'] = new Issuer[0]; // JSON web tokens
        return table;
    }

    private static long[] second() {
        long[] table = new long[128];
        for (Issuer issuer : ISSUERS) {
            table[issuer.prefix.charAt(0)] |= 1L << issuer.prefix.charAt(1);
        }
        table['e'] = 1L << 'y';
        return table;
    }
}
