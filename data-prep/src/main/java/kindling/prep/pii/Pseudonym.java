package kindling.prep.pii;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Made-up values that read like the real ones and that nobody can have, drawn by the bits of a keyed hash.
 *
 * <p>Each comes out of a range that is set aside for examples or cannot occur, so a reader of the redacted corpus cannot hit a person by accident,
 * and a second redaction knows them again: mail and web addresses of the domains of RFC 2606, numbers 555-01XX of the North American Numbering Plan,
 * addresses of RFC 2544, 3849 and 9542, cards that fail the Luhn test, accounts with check digits 00, social security numbers of area 000, and
 * names coined from syllables. Types without such a range become {@code US_PASSPORT_5f1d8c0b9a3e}.
 */
final class Pseudonym {
    private static final List<String> GIVEN = List.of(
            "Mara", "Jonas", "Elin", "Tomas", "Lea", "Adrian", "Nora", "Felix", "Ida", "Marek", "Clara", "Emil",
            "Sofia", "Anton", "Lina", "Oskar");
    private static final List<String> FIRST = List.of(
            "Bel", "Bor", "Cal", "Dor", "Fal", "Fen", "Gal", "Hol", "Kel", "Lor", "Mal", "Nor", "Pel", "Rov", "Sel",
            "Tal");
    private static final List<String> MIDDLE = List.of("ado", "aki", "eni", "era", "idu", "ilo", "oda", "oru");
    private static final List<String> LAST =
            List.of("quell", "drith", "vaun", "mryn", "tholl", "zand", "brusk", "gwell");
    private static final List<String> RESERVED_DOMAINS = List.of("example.com", "example.net", "example.org");

    private Pseudonym() {}

    /** @param bits of the keyed hash, 32 bytes */
    static String of(String type, String value, byte[] bits) {
        Draw draw = new Draw(bits);
        return switch (type) {
            case "EMAIL" ->
                (draw.of(GIVEN) + "." + coined(draw)).toLowerCase(Locale.ROOT)
                        + draw.digits(4)
                        + "@"
                        + draw.of(RESERVED_DOMAINS);
            case "PHONE" -> "+1 " + areaCode(draw) + "-555-01" + draw.digits(2);
            case "URL" -> "https://example.com/" + hex(bits);
            case "IP" ->
                value.indexOf(':') >= 0
                        ? "2001:db8:%x:%x::%x"
                                .formatted(draw.below(1 << 16), draw.below(1 << 16), 1 + draw.below(1 << 15))
                        : "198.%d.%d.%d".formatted(18 + draw.below(2), draw.below(256), 1 + draw.below(254));
            case "MAC" -> "00:00:5E:00:53:%02X".formatted(draw.below(256));
            case "US_SSN" -> "000-" + draw.digits(2) + "-" + draw.digits(4);
            case "CREDIT_CARD" -> card(value, draw);
            case "IBAN" -> iban(value, draw);
            case "PERSON" -> draw.of(GIVEN) + " " + coined(draw);
            case "ORG" -> coined(draw) + " " + draw.of(List.of("Group", "Partners", "Works", "Trading"));
            case "LOCATION" -> coined(draw);
            case "ADDRESS" -> (1 + draw.below(199)) + " " + coined(draw) + " Street";
            default -> type + "_" + hex(bits);
        };
    }

    /** Whether a value is out of the ranges that {@link #of} draws from. */
    static boolean isFictitious(String type, String value) {
        return switch (type) {
            case "EMAIL" -> isReservedDomain(value.substring(value.lastIndexOf('@') + 1));
            case "PHONE" -> value.replaceAll("[^0-9]", "").matches("1?[2-9][0-9]{2}55501[0-9]{2}");
            case "URL" -> isReservedDomain(host(value));
            case "IP" ->
                value.matches("198\\.1[89]\\..*")
                        || value.toLowerCase(Locale.ROOT).startsWith("2001:db8:");
            case "MAC" -> value.startsWith("00:00:5E:00:53:");
            case "US_SSN" -> value.startsWith("000");
            case "PERSON", "ORG", "LOCATION", "ADDRESS" -> hasCoinedWord(value);
            default -> false;
        };
    }

    private static boolean isReservedDomain(String domain) {
        return RESERVED_DOMAINS.contains(domain.toLowerCase(Locale.ROOT));
    }

    private static String host(String url) {
        int start = url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3;
        int end = start;
        while (end < url.length() && "/:?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(start, end);
    }

    private static String hex(byte[] bits) {
        return HexFormat.of().formatHex(bits).substring(0, Placeholders.NAME_DIGITS);
    }

    private static String coined(Draw draw) {
        return draw.of(FIRST) + draw.of(MIDDLE) + draw.of(LAST);
    }

    private static boolean hasCoinedWord(String value) {
        for (String word : value.split("[^\\p{L}]+", -1)) {
            boolean coined = word.length() > 6
                    && FIRST.contains(word.substring(0, 3))
                    && MIDDLE.contains(word.substring(3, 6))
                    && LAST.contains(word.substring(6));
            if (coined) {
                return true;
            }
        }
        return false;
    }

    /** Three digits as area codes are: not N9X, not N11. */
    private static String areaCode(Draw draw) {
        int code = 200 + draw.below(800);
        while (code / 10 % 10 == 9 || code % 100 == 11) {
            code = 200 + draw.below(800);
        }
        return String.valueOf(code);
    }

    /** Digits for digits from the seventh on, so that it keeps its issuer and grouping, and a check digit that is wrong. */
    private static String card(String value, Draw draw) {
        StringBuilder card = new StringBuilder(value);
        int digits = 0;
        int last = 0;
        for (int i = 0; i < card.length(); i++) {
            if (Context.isDigitAt(value, i)) {
                if (++digits > 6) {
                    card.setCharAt(i, (char) ('0' + draw.below(10)));
                }
                last = i;
            }
        }
        if (CreditCardRecognizer.passesLuhn(card.toString().replaceAll("[^0-9]", ""))) {
            card.setCharAt(last, (char) ('0' + (card.charAt(last) - '0' + 1) % 10));
        }
        return card.toString();
    }

    /** Digits for digits and letters for letters behind the country, and 00 for the check digits, which are 02 to 98. */
    private static String iban(String value, Draw draw) {
        StringBuilder iban = new StringBuilder(value);
        int place = 0;
        for (int i = 0; i < iban.length(); i++) {
            char c = iban.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                continue;
            }
            place++;
            if (place == 3 || place == 4) {
                iban.setCharAt(i, '0');
            } else if (place > 4) {
                iban.setCharAt(i, (char) (Character.isDigit(c) ? '0' + draw.below(10) : 'A' + draw.below(26)));
            }
        }
        return iban.toString();
    }

    /** Numbers out of a hash's bits: its 32 bytes as the state of a SplitMix64 generator (Steele, Lea, Flood 2014). */
    private static final class Draw {
        private long state;

        Draw(byte[] bits) {
            for (byte b : bits) {
                state = mix(state ^ (b & 0xFF));
            }
        }

        /** 0 … n - 1. */
        int below(int n) {
            state += 0x9E3779B97F4A7C15L;
            return (int) Long.remainderUnsigned(mix(state), n);
        }

        String of(List<String> values) {
            return values.get(below(values.size()));
        }

        String digits(int count) {
            StringBuilder digits = new StringBuilder(count);
            for (int i = 0; i < count; i++) {
                digits.append(below(10));
            }
            return digits.toString();
        }

        private static long mix(long value) {
            long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            return z ^ z >>> 31;
        }
    }
}
