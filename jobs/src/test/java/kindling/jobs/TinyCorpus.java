package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A made corpus: text files, JSON lines and a page; stories of a few sentences, with duplicates and personal data. */
final class TinyCorpus {
    /** Stories that are unlike each other. */
    static final int STORIES = 12;

    /** The story whose id is this one comes twice, a third time with a word changed. */
    static final String TWICE = "story-00";

    /** What one document holds; the letter in front is two UTF-16 units but one code point. */
    static final String ADDRESS = "anna.berg@example.org";

    static final String PERSONAL = "𝔸 letter for " + ADDRESS + " waits at the inn. ";

    private static final List<String> WHO =
            List.of("The miller", "A young smith", "Her brother", "The old teacher", "A traveller", "The innkeeper");
    private static final List<String> DOES =
            List.of("carried", "painted", "repaired", "forgot", "sold", "admired", "borrowed", "measured");
    private static final List<String> WHAT =
            List.of("a wooden ladder", "the copper kettle", "two heavy books", "a blue lantern", "the broken clock");
    private static final List<String> WHEN =
            List.of("before the rain came", "on a quiet evening", "while the others slept", "after the long winter");

    private TinyCorpus() {}

    /** A story of eight sentences; the same number gives the same story. */
    static String story(int number) {
        Random random = new Random(number);
        return IntStream.range(0, 8)
                .mapToObj(i -> "%s %s %s %s."
                        .formatted(one(WHO, random), one(DOES, random), one(WHAT, random), one(WHEN, random)))
                .collect(Collectors.joining(" "));
    }

    private static String one(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    /** Writes the raw files and returns their folder. */
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("deep"));
        List<String> lines = IntStream.range(0, STORIES)
                .mapToObj(i -> line("story-%02d".formatted(i), story(i)))
                .collect(Collectors.toList());
        lines.add(line("twin", story(0)));
        lines.add(line("variant", story(0).replaceFirst("\\.$", " again.")));
        lines.add(line("personal", PERSONAL + story(50)));
        lines.add("{\"id\": \"broken\", \"text\": ");
        Files.write(folder.resolve("stories.jsonl"), lines, UTF_8);
        Files.writeString(folder.resolve("deep/plain.txt"), story(51), UTF_8);
        Files.writeString(folder.resolve("deep/short.txt"), "Too short.", UTF_8);
        Files.writeString(
                folder.resolve("page.html"),
                "<html><head><title>A page</title></head><body><nav><a href='a'>Home</a></nav><main><p>%s</p></main></body></html>"
                        .formatted(story(52)),
                UTF_8);
        return folder;
    }

    private static String line(String id, String text) {
        return "{\"id\": \"%s\", \"text\": \"%s\"}".formatted(id, text);
    }
}
