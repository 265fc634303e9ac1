package kindling.prep.pii;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * International bank account numbers: a country of the SWIFT IBAN registry (release 99), exactly that country's length, and remainder 1 modulo 97
 * (ISO 13616-1, ISO/IEC 7064). In one piece or with single spaces or dashes; letters of either case.
 */
final class IbanRecognizer implements Recognizer {
    static final String TYPE = "IBAN";

    private static final Map<String, Integer> LENGTHS = lengths(
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 "
                    + "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
                    + "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 "
                    + "SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 "
                    // territories that the registry names beside their country: Åland, France overseas, the Channel
                    // Islands and Man
                    + "AX18 BL27 GF27 GG22 GP27 IM22 JE22 MF27 MQ27 NC27 PF27 PM27 RE27 TF27 WF27 YT27");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i + 4 < text.length()) {
            int end = startsIban(text, i) ? ibanEnd(text, i) : i;
            if (end > i) {
                found.add(TYPE, i, end, 1.0);
                i = end;
            } else {
                i++;
            }
        }
    }

    @Override
    public String canonical(String value) {
        return value.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }

    private static boolean startsIban(String text, int i) {
        return isLatin(text.charAt(i))
                && isLatin(text.charAt(i + 1))
                && Context.isDigitAt(text, i + 2)
                && Context.isDigitAt(text, i + 3)
                && !Context.isWordAt(text, i - 1);
    }

    /** The end of the number that starts here, or {@code from}. */
    private static int ibanEnd(String text, int from) {
        int length = LENGTHS.getOrDefault(text.substring(from, from + 2).toUpperCase(Locale.ROOT), 0);
        StringBuilder characters = new StringBuilder(34);
        int i = from;
        while (i < text.length() && characters.length() < length) {
            char c = text.charAt(i);
            if (isLatin(c) || Context.isDigitAt(text, i)) {
                characters.append(c);
            } else if (!isSeparator(c) || isSeparator(text.charAt(i - 1))) {
                return from;
            }
            i++;
        }
        boolean whole = length > 0 && characters.length() == length && !Context.isWordAt(text, i);
        return whole && remainder(characters) == 1 ? i : from;
    }

    private static boolean isLatin(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '\u00A0';
    }

    /** Modulo 97 of the number with its first four characters moved to the end and letters as 10 … 35. */
    private static int remainder(CharSequence iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
        }
        return remainder;
    }

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : table.split(" ", -1)) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }
}
