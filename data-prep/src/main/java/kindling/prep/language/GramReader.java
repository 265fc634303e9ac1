package kindling.prep.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads the letter statistics that the Lingua library brings in its jar: counted in about a million sentences of news and
 * web pages a language, under Apache-2.0 (P. M. Stahl, https://github.com/pemistahl/lingua).
 *
 * <p>A file {@code language-models/CODE/trigrams.json} is {@code {"ngrams": {"3/70": "abc abd", …}}}: given its first two letters,
 * the third one of each of these grams has probability 3/70.
 */
final class GramReader {
    private static final List<String> FILES = List.of("unigrams", "bigrams", "trigrams", "quadrigrams");
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(
                    JsonFactory.Feature
                            .CANONICALIZE_FIELD_NAMES) // all are different: remembering them takes most of the time
            .build();

    private static final byte LATIN = Scripts.of(Alphabet.LATIN);

    private GramReader() {}

    /** Takes grams, each with the probability of its last letter, given those before it. */
    interface Sink {
        void add(long gram, double probability);
    }

    /** Grams of up to {@code letters} letters of a script, of the languages with these ISO 639-1 codes. */
    static GramTable read(byte script, List<String> codes, int letters) {
        GramTable table = new GramTable(codes, letters);
        for (int language = 0; language < codes.size(); language++) {
            int column = language;
            if (codes.get(language).equals("sr") && script == LATIN) {
                SerbianLatin serbian = new SerbianLatin();
                read("sr", Scripts.of(Alphabet.CYRILLIC), letters, serbian::add);
                serbian.putInto(table, column, letters);
            } else {
                read(codes.get(language), script, letters, (gram, probability) -> table.put(gram, column, probability));
            }
        }
        table.complete();
        return table;
    }

    private static void read(String code, byte script, int letters, Sink sink) {
        for (String file : FILES.subList(0, letters)) {
            String name = "/language-models/" + code + "/" + file + ".json";
            try (InputStream in = GramReader.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing: it comes with the Lingua library");
                }
                read(in, script, sink);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + name + " of the Lingua library", e);
            }
        }
    }

    private static void read(InputStream in, byte script, Sink sink) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            while (parser.nextToken() != null) {
                String name = parser.currentName();
                if (parser.currentToken() == JsonToken.VALUE_STRING && name.indexOf('/') > 0) {
                    addAll(parser.getText(), script, fraction(name), sink);
                }
            }
        }
    }

    private static double fraction(String text) {
        int bar = text.indexOf('/');
        return Long.parseLong(text, 0, bar, 10) / (double) Long.parseLong(text, bar + 1, text.length(), 10);
    }

    /** Grams with a letter of another script are left out: English news holds Greek names. */
    private static void addAll(String grams, byte script, double probability, Sink sink) {
        long gram = 0;
        boolean wanted = true;
        for (int i = 0; i <= grams.length(); i++) {
            char c = i < grams.length() ? grams.charAt(i) : ' ';
            if (c != ' ') {
                gram = gram << 16 | c;
                wanted &= Scripts.of(c) == script;
            } else {
                if (wanted && gram != 0) {
                    sink.add(gram, probability);
                }
                gram = 0;
                wanted = true;
            }
        }
    }
}
