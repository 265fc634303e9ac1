package kindling.jobs.bench;

import java.util.List;
import java.util.Random;

/**
 * A text that makes recognizers slow which go back or look at the same place again: one piece, repeated.
 *
 * @param name as the figure is named
 * @param drawn whether each 9 in the piece is another digit every time, by chance
 */
record HostileText(String name, String unit, boolean drawn) {
    private static final long SEED = 1;

    private HostileText(String name, String unit) {
        this(name, unit, false);
    }

    static List<HostileText> all() {
        return List.of(
                new HostileText("one_digit", "7"),
                new HostileText("digits_spaces", "1234567890 "),
                new HostileText("digits_dashes", "123-"),
                new HostileText("digits_dots", "12."),
                new HostileText("single_digits_dashes", "1-"),
                new HostileText("quads", "1.1.1.1,"),
                new HostileText("card_groups", "4111 1111-1111 "),
                new HostileText("phone_numbers", "call 415 555 0132\n"),
                new HostileText("plus_numbers", "+14155550132 "),
                new HostileText("plus_one", "+1"),
                new HostileText("account_starts", "DE89 3704 "),
                new HostileText("nested_brackets", "([{<"),
                new HostileText("open_brackets", "("),
                new HostileText("at_signs", "@"),
                new HostileText("a_at_a", "a@"),
                new HostileText("addresses", "a@a.com,"),
                new HostileText("labels", "a."),
                new HostileText("colons", "::"),
                new HostileText("schemes", "http://"),
                new HostileText("www", "www."),
                new HostileText("secrets", "?token=&"),
                new HostileText("hexadecimal", "0123456789abcdef"),
                new HostileText("base58", "1A1zP1eP5QGefi2D"),
                new HostileText("names", "John Smith and "),
                new HostileText("stars", "***a"),
                new HostileText("tags", "<A:"),
                new HostileText("spaces", " "),
                new HostileText("emoji", "\uD83D\uDE00"),
                new HostileText("half_surrogates", "\uD83D"),
                new HostileText("drawn_digits", "9", true),
                new HostileText("drawn_pairs", "99 99 99 99 99 99 99 99 99 99 99 99\n", true),
                new HostileText("drawn_lines", "9999999999\n", true),
                new HostileText("drawn_cards", "9999 9999 9999 9999 ", true),
                new HostileText("drawn_groups", "9 99-999 (9999) 99999.99/999 +9999,9:99 999-99-9999 ", true));
    }

    /** No more UTF-16 units than this. */
    String ofCharacters(int count) {
        String text = unit.repeat(count / unit.length());
        if (!drawn) {
            return text;
        }
        Random random = new Random(SEED);
        StringBuilder digits = new StringBuilder(text);
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) == '9') {
                digits.setCharAt(i, (char) ('0' + random.nextInt(10)));
            }
        }
        return digits.toString();
    }
}
