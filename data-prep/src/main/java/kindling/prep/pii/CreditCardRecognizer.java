package kindling.prep.pii;

import java.util.Set;

/**
 * Payment card numbers: 12 to 19 digits, plain or with one kind of single separator (space, dash or dot), that pass the Luhn test
 * (ISO/IEC 7812-1, annex B) and start as an issuer's cards of that length do; numbers of unknown issuers where a word calls them a card.
 *
 * <p>Ranges are those that the schemes publish to acquirers and processors; prefixes that have been retired still stand in texts and are kept.
 */
final class CreditCardRecognizer implements Recognizer {
    static final String TYPE = "CREDIT_CARD";

    private static final int MIN_DIGITS = 12;
    private static final int MAX_DIGITS = 19;
    /** Cards are printed in groups that start with four digits. */
    private static final int FIRST_GROUP = 4;

    private static final String SEPARATORS = " -.\u00A0";

    private static final double SURE = 0.9;
    private static final double WITH_CONTEXT = 1.0;
    /** Passes the Luhn test, as every tenth number does, and is called a card. */
    private static final double CALLED = 0.6;

    private static final Set<String> WORDS = Context.words("""
            card cards credit debit visa mastercard amex discover jcb diners maestro unionpay rupay cc payment pan
            karte kreditkarte kartennummer carte bancaire tarjeta carta creditcard
            """);
    private static final Set<String> CARD_WORDS = Context.words(
            "card credit debit visa mastercard maestro kreditkarte kartennummer carte tarjeta creditcard");

    /** First and last prefix, of equal length, then the shortest and the longest number of digits. */
    private record Issuer(int first, int last, int shortest, int longest) {}

    private static final Issuer[] ISSUERS = {
        new Issuer(4, 4, 13, 13), // Visa, old
        new Issuer(4, 4, 16, 16), // Visa
        new Issuer(4, 4, 19, 19), // Visa
        new Issuer(51, 55, 16, 16), // Mastercard
        new Issuer(2221, 2720, 16, 16), // Mastercard, since 2017
        new Issuer(34, 34, 15, 15), // American Express
        new Issuer(37, 37, 15, 15), // American Express
        new Issuer(300, 305, 14, 19), // Diners Club
        new Issuer(3095, 3095, 14, 19), // Diners Club
        new Issuer(36, 36, 14, 19), // Diners Club
        new Issuer(38, 39, 14, 19), // Diners Club
        new Issuer(31, 31, 19, 19), // China T-Union
        new Issuer(35, 35, 16, 19), // JCB: 3528 to 3589 are assigned, test numbers use all of 35
        new Issuer(1800, 1800, 15, 15), // JCB, old
        new Issuer(2131, 2131, 15, 15), // JCB, old
        new Issuer(6011, 6011, 16, 19), // Discover
        new Issuer(644, 649, 16, 19), // Discover
        new Issuer(65, 65, 16, 19), // Discover, RuPay, Troy
        new Issuer(62, 62, 16, 19), // UnionPay
        new Issuer(81, 82, 16, 19), // UnionPay, RuPay
        new Issuer(508, 508, 16, 16), // RuPay
        new Issuer(50, 50, 12, 19), // Maestro, Elo, Verve, Dankort
        new Issuer(56, 58, 12, 19), // Maestro
        new Issuer(60, 60, 12, 19), // Maestro, RuPay, Hipercard
        new Issuer(63, 63, 12, 19), // Maestro, InterPayment, InstaPayment
        new Issuer(67, 69, 12, 19), // Maestro
        new Issuer(2200, 2204, 16, 19), // Mir
        new Issuer(2205, 2205, 16, 16), // Borica
        new Issuer(1946, 1946, 16, 19), // GPN, Indonesia
        new Issuer(8600, 8600, 16, 16), // Uzcard
        new Issuer(9860, 9860, 16, 16), // Humo, Uzbekistan
        new Issuer(9704, 9704, 16, 19), // Napas, Vietnam
        new Issuer(9792, 9792, 16, 16), // Troy
    };

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            if (!Context.isDigitAt(text, i)) {
                i++;
                continue;
            }
            int end = startsCard(text, i) ? recognize(text, i, found) : i;
            if (end > i) {
                i = end;
            } else {
                i = endOfDigits(text, i);
            }
        }
    }

    @Override
    public String canonical(String value) {
        return value.replaceAll("\\D", "");
    }

    /** The end of the card number that starts here; the start where there is none. */
    private static int recognize(String text, int start, Found found) {
        int end = cardEnd(text, start, true);
        if (end > start) {
            boolean named = Context.before(text, start, 4, WORDS) || Context.after(text, end, WORDS);
            found.add(TYPE, start, end, named ? WITH_CONTEXT : SURE);
            return end;
        }
        end = cardEnd(text, start, false);
        if (end > start && Context.before(text, start, 4, CARD_WORDS)) {
            found.add(TYPE, start, end, CALLED);
            return end;
        }
        return start;
    }

    private static boolean startsCard(String text, int i) {
        boolean inWord = Context.isWordAt(text, i - 1);
        boolean inNumber =
                i > 1 && (text.charAt(i - 1) == '.' || text.charAt(i - 1) == ',') && Context.isDigitAt(text, i - 2);
        boolean inCode = i > 1 && text.charAt(i - 1) == '-' && Character.isLetter(text.charAt(i - 2));
        return !inWord && !inNumber && !inCode;
    }

    /** The end of the longest card number that starts with this group of digits, or {@code from}. */
    private static int cardEnd(String text, int from, boolean issued) {
        StringBuilder digits = new StringBuilder(MAX_DIGITS);
        char separator = 0;
        int best = from;
        int i = from;
        while (i < text.length() && digits.length() <= MAX_DIGITS) {
            int groupEnd = Math.min(endOfDigits(text, i), i + MAX_DIGITS + 1);
            digits.append(text, i, groupEnd);
            if (endsCard(text, groupEnd) && isCard(digits, issued)) {
                best = groupEnd;
            }
            char next = groupEnd < text.length() ? text.charAt(groupEnd) : 0;
            boolean separated = SEPARATORS.indexOf(next) >= 0 && (separator == 0 || next == separator);
            if (!separated
                    || !Context.isDigitAt(text, groupEnd + 1)
                    || (separator == 0 && groupEnd - from != FIRST_GROUP)) {
                break;
            }
            separator = next;
            i = groupEnd + 1;
        }
        return best;
    }

    private static boolean endsCard(String text, int end) {
        boolean fraction = end + 1 < text.length() && text.charAt(end) == '.' && Context.isDigitAt(text, end + 1);
        boolean code = end + 1 < text.length() && text.charAt(end) == '-' && Character.isLetter(text.charAt(end + 1));
        return !Context.isWordAt(text, end) && !fraction && !code;
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (Context.isDigitAt(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean isCard(CharSequence digits, boolean issued) {
        return digits.length() >= MIN_DIGITS
                && digits.length() <= MAX_DIGITS
                && passesLuhn(digits) // nine of ten end here, before the longer look at the issuers
                && (!issued || hasIssuer(digits));
    }

    private static boolean hasIssuer(CharSequence digits) {
        for (Issuer issuer : ISSUERS) {
            int width = Integer.toString(issuer.first()).length();
            int prefix = Integer.parseInt(digits, 0, width, 10);
            if (prefix >= issuer.first()
                    && prefix <= issuer.last()
                    && digits.length() >= issuer.shortest()
                    && digits.length() <= issuer.longest()) {
                return true;
            }
        }
        return false;
    }

    static boolean passesLuhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
