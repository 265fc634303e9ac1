package kindling.prep.pii;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import kindling.prep.pii.PhoneCandidates.Candidate;

/**
 * Telephone numbers, decided by the number plans of libphonenumber: international ones of any country, national ones of the given regions.
 *
 * <p>That library is slow, so that it only sees {@link PhoneCandidates clusters of digits}. A national number that is grouped as its country
 * writes it stands by itself, and so does a plus with 7 to 15 digits; bare, oddly grouped or unknown numbers need a word such as "call" or "fax"
 * beside them.
 */
final class PhoneRecognizer implements Recognizer {
    static final String TYPE = "PHONE";

    /** Regions whose national numbers are known where none are named (ISO 3166-1 alpha-2). */
    static final List<String> REGIONS = List.of("US", "GB", "DE", "FR", "ES", "IT", "IN");

    private static final double INTERNATIONAL = 0.75;
    private static final double GROUPED = 0.5;
    /** A plus and as many digits as ITU-T E.164 allows, but no number that the plan of its country knows. */
    private static final double SHAPED = 0.5;
    /** Right for some plan, but not written as phone numbers are: a word must say so. */
    private static final double BARE = 0.25;
    /** Called a phone number, yet in no plan. */
    private static final double CALLED = 0.2;

    private static final double CONTEXT = 0.25;
    private static final int MAX_DIGITS = 15;

    private static final Set<String> WORDS = Set.of(
            "phone",
            "phones",
            "telephone",
            "tel",
            "telefon",
            "telefono",
            "teléfono",
            "téléphone",
            "mobile",
            "mobil",
            "cell",
            "cellphone",
            "cellular",
            "call",
            "calling",
            "fax",
            "dial",
            "desk",
            "office",
            "whatsapp",
            "sms",
            "hotline",
            "helpline",
            "answering",
            "messages",
            "móvil",
            "voicemail",
            "landline");
    private static final Set<String> WORDS_AFTER = Set.of("office", "fax", "mobile", "phone", "cell", "tel");
    private static final Set<String> NOT_PHONES = Set.of(
            "version",
            "since",
            "release",
            "build",
            "revision",
            "isbn",
            "issn",
            "doi",
            "rfc",
            "iso",
            "oid",
            "bug",
            "ssn",
            "zip",
            "invoice",
            "order",
            "issue",
            "serial",
            "timestamp",
            "jira",
            "pmid",
            "account",
            "card",
            "iban",
            "value");

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    private final List<String> regions;

    /** @throws IllegalArgumentException for a region that no number plan is known for */
    PhoneRecognizer(List<String> regions) {
        for (String region : regions) {
            if (!plans.getSupportedRegions().contains(region)) {
                throw new IllegalArgumentException(
                        "phone region must be an ISO 3166 code in upper case such as US or DE, got \"%s\""
                                .formatted(region));
            }
        }
        this.regions = regions.isEmpty() ? REGIONS : List.copyOf(regions);
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        PhoneCandidates.find(text, candidate -> judge(text, candidate, found));
    }

    @Override
    public String canonical(String value) {
        return value.replaceAll("\\D", "");
    }

    private void judge(String text, Candidate candidate, Found found) {
        // One character more on each side: a number beside a letter is none.
        int from = Math.max(0, candidate.start() - 1);
        String window = text.substring(from, Math.min(text.length(), candidate.end() + 1));
        TreeMap<Integer, Match> best = new TreeMap<>();
        for (String region : regions) {
            for (PhoneNumberMatch match : plans.findNumbers(window, region, Leniency.VALID, Long.MAX_VALUE)) {
                int start = from + match.start() + (isUnbalanced(match.rawString()) ? 1 : 0);
                best.merge(start, new Match(from + match.end(), score(match, region)), Match::better);
            }
        }
        int start = candidate.start() + (isUnbalanced(text.substring(candidate.start(), candidate.end())) ? 1 : 0);
        boolean plus = text.startsWith("+", start) || text.startsWith("(+", start);
        if (candidate.digits() <= MAX_DIGITS && (plus || best.isEmpty())) {
            best.merge(start, new Match(candidate.end(), plus ? SHAPED : CALLED), Match::better);
        }
        best.forEach((at, match) -> report(text, at, match.end, match.score, found));
    }

    private double score(PhoneNumberMatch match, String region) {
        String raw = match.rawString();
        if (raw.startsWith("+") || raw.startsWith("(+")) {
            return INTERNATIONAL;
        }
        boolean bare = raw.chars().allMatch(Character::isDigit);
        boolean grouped = !bare
                && plans.findNumbers(raw, region, Leniency.STRICT_GROUPING, 1)
                        .iterator()
                        .hasNext();
        return grouped ? GROUPED : BARE;
    }

    /** Whether a bracket opens first and never closes: it belongs to the sentence, not to the number. */
    private static boolean isUnbalanced(String number) {
        return number.startsWith("(") && number.indexOf(')') < 0;
    }

    private static void report(String text, int start, int end, double base, Found found) {
        if (PhoneCandidates.isOtherNumber(text, start, end)
                || (base < INTERNATIONAL && Context.before(text, start, 2, NOT_PHONES))) {
            return;
        }
        boolean named = Context.before(text, start, 4, WORDS) || Context.after(text, end, WORDS_AFTER);
        found.add(TYPE, start, end, named ? base + CONTEXT : base);
    }

    /** What starts at some place: the longer of two, of equal ones the surer. */
    private record Match(int end, double score) {
        Match better(Match other) {
            return other.end > end || (other.end == end && other.score > score) ? other : this;
        }
    }
}
