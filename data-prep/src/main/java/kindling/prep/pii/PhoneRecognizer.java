package kindling.prep.pii;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Telephone numbers, decided by the number plans of libphonenumber: international ones of any country, national ones of the given regions.
 *
 * <p>Only {@link PhoneCandidates groups of digits} are looked at. A national number that is grouped as its country writes it stands by itself, and
 * so does a plus with 7 to 15 digits; bare, oddly grouped or unknown numbers need a word such as "call" or "fax" beside them.
 */
final class PhoneRecognizer implements Recognizer {
    static final String TYPE = "PHONE";

    /** Regions whose national numbers are known where none are named (ISO 3166-1 alpha-2). */
    static final List<String> REGIONS = List.of("US", "GB", "DE", "FR", "ES", "IT", "IN");

    private static final double INTERNATIONAL = 0.75;
    private static final double GROUPED = 0.5;
    /** A plus and as many digits as ITU-T E.164 allows, or the groups of North America, but no number that a plan knows. */
    private static final double SHAPED = 0.5;
    /** Right for some plan, but not written as phone numbers are: a word must say so. */
    private static final double BARE = 0.25;
    /** Called a phone number, yet in no plan. */
    private static final double CALLED = 0.2;

    private static final double CONTEXT = 0.25;
    /** The words that may stand between "call" and the number. */
    private static final int WORDS_BEFORE = 4;
    /** More groups are a row of figures: {@code +49 (0) 30 12 34 56 78} has 7. */
    private static final int MAX_GROUPS = 8;

    /** Shorter numbers that are right for some plan are too easily cut out of longer ones. */
    private static final int MIN_DIGITS_OF_PART = 9;

    private static final Set<String> WORDS = Context.words("""
            phone phones telephone telephones tel mobile cell cellphone cellular call calling calls called caller dial fax facsimile desk office
            whatsapp sms text hotline helpline answering messages voicemail landline contact ring
            telefon telefonnummer rufnummer mobil mobilfunk handy handynummer mobilnummer anruf anrufen anrufe durchwahl telefax ruf
            téléphone téléphoner tél portable appel appeler appelez télécopie fixe
            teléfono telefono móvil movil celular llamar llame llama tfno
            cellulare chiamare chiama chiamate telefoonnummer telefoon mobiel bellen bel telefone telemóvel ligue
            """);
    private static final Set<String> WORDS_AFTER =
            Context.words("office fax mobile phone cell tel telefon mobil handy");
    private static final Set<String> NOT_PHONES = Context.words("""
            version since release build revision isbn issn doi rfc iso oid bug ssn zip invoice order issue serial timestamp jira pmid account card
            iban value tracking passport routing vat ean upc sku rechnung rechnungsnummer konto kontonummer bestellung bestellnummer facture commande
            compte factura pedido cuenta fattura ordine conto
            """);

    /** What has digits and joints but is no phone number: decimal fraction, dates, US social security number, dotted quad, years. */
    private static final Pattern OTHER_NUMBER = Pattern.compile("[0-9]+[.][0-9]+"
            + "|[0-9]{4}([-/.])[01]?[0-9]\\1[0-3]?[0-9]( [0-9]{1,2})?"
            + "|[0-3]?[0-9]([-/.])[0-3]?[0-9]\\3[0-9]{4}( [0-9]{1,2})?"
            + "|[0-9]{3}-[0-9]{2}-[0-9]{4}"
            + "|[0-9]{1,3}(?:[.][0-9]{1,3}){3}"
            + "|(?:19|20)[0-9]{2} ?[-\u2013/] ?(?:19|20)[0-9]{2}");
    /** 3, 3 and 4 digits with a bracket or with signs other than spaces: the North American way, also for numbers made up. */
    private static final Pattern NORTH_AMERICAN = Pattern.compile(
            "(?:1[-. ]?)?(?:\\([0-9]{3}\\)[-. ]{0,2}[0-9]{3}[-. ][0-9]{4}|[0-9]{3}[-.)][0-9]{3}[-.][0-9]{4})");

    private final PhonePlans plans;

    /** @throws IllegalArgumentException for a region that no number plan is known for */
    PhoneRecognizer(List<String> regions) {
        plans = new PhonePlans(regions.isEmpty() ? REGIONS : regions);
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

    /** Numbers that stand by themselves from left to right; where there is none, the whole candidate. */
    private void judge(String text, PhoneCandidate candidate, Found found) {
        int first = 0;
        boolean any = false;
        while (first < candidate.groups()) {
            int last = candidate.mayStart(first) ? lastOfNumber(text, candidate, first, found) : -1;
            any |= last >= first;
            first = Math.max(first, last) + 1;
        }
        if (!any) {
            judgeWhole(text, candidate, found);
        }
    }

    /** Hands over the longest number that starts with a group and needs no word to say so; gives back its last group or -1. */
    private int lastOfNumber(String text, PhoneCandidate candidate, int first, Found found) {
        int digits = 0;
        int best = -1;
        double score = 0;
        int limit = Math.min(candidate.groups(), first + MAX_GROUPS);
        for (int last = first; last < limit && digits <= PhoneCandidates.MAX_DIGITS + 2; last++) {
            digits += candidate.length(last);
            boolean part = first > 0 || last < candidate.groups() - 1;
            boolean whole =
                    digits >= (part ? MIN_DIGITS_OF_PART : PhoneCandidates.MIN_DIGITS) && candidate.mayEnd(last);
            double now = whole ? score(text, candidate, first, last) : 0;
            if (now >= Math.max(score, GROUPED)) {
                best = last;
                score = now;
            }
        }
        if (best >= 0) {
            report(text, candidate.start(first, best), candidate.end(best), score, found);
        }
        return best;
    }

    private double score(String text, PhoneCandidate candidate, int first, int last) {
        if (candidate.hasPlus(first)) {
            String digits = candidate.digits(first, last);
            boolean shaped = digits.length() <= PhoneCandidates.MAX_DIGITS && plans.callingCodeWidth(digits) > 0;
            return plans.isInternational(digits) ? INTERNATIONAL : shaped ? SHAPED : 0;
        }
        boolean formed = isAbroad(candidate, first, last)
                || (last > first && plans.national(candidate, first, last) == PhonePlans.Fit.GROUPED)
                || isNorthAmerican(text, candidate, first, last);
        return formed && !isOtherNumber(text, candidate.start(first, last), candidate.endOfDigits(last)) ? GROUPED : 0;
    }

    private static boolean isOtherNumber(String text, int start, int end) {
        return OTHER_NUMBER.matcher(text).region(start, end).matches();
    }

    private static boolean isNorthAmerican(String text, PhoneCandidate candidate, int first, int last) {
        boolean grouped = last - first >= 2 && candidate.length(last) == 4 && candidate.length(last - 1) == 3;
        return grouped
                && NORTH_AMERICAN
                        .matcher(text)
                        .region(candidate.start(first, last), candidate.endOfDigits(last))
                        .matches();
    }

    /** {@code 0049 30 901820}: the exit code of most countries, then an international number. */
    private boolean isAbroad(PhoneCandidate candidate, int first, int last) {
        boolean doubleZero = candidate.startsWith(first, "00");
        if (!doubleZero && !(last > first && candidate.startsWith(first, "011"))) {
            return false;
        }
        int exit = doubleZero ? 2 : 3;
        String abroad = candidate.digits(first, last).substring(exit);
        boolean parted = last > first
                && abroad.length() <= PhoneCandidates.MAX_DIGITS
                && candidate.length(first) == exit + plans.callingCodeWidth(abroad);
        return parted || plans.isInternational(abroad);
    }

    /** What is no number by itself, but may be called one. */
    private void judgeWhole(String text, PhoneCandidate candidate, Found found) {
        int last = candidate.groups() - 1;
        String digits = candidate.digits(0, last);
        int start = candidate.start(0, last);
        int end = candidate.end(last);
        boolean whole = last < MAX_GROUPS && candidate.mayStart(0) && candidate.mayEnd(last);
        if (whole
                && digits.length() <= PhoneCandidates.MAX_DIGITS
                && isNamed(text, start, end)
                && !isOtherNumber(text, start, end)) {
            boolean valid = plans.national(candidate, 0, last) != PhonePlans.Fit.NONE;
            report(text, start, end, valid ? BARE : CALLED, found);
        }
    }

    private static void report(String text, int start, int end, double base, Found found) {
        if (base < INTERNATIONAL && Context.before(text, start, 2, NOT_PHONES)) {
            return;
        }
        found.add(TYPE, start, end, isNamed(text, start, end) ? base + CONTEXT : base);
    }

    private static boolean isNamed(String text, int start, int end) {
        return Context.before(text, start, WORDS_BEFORE, WORDS) || Context.after(text, end, WORDS_AFTER);
    }
}
