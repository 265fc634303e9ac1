package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Documents of about 2 kB, of which three in ten are copies of others with some words changed: each a function of its number, so that
 * there can be any number of them. Words are invented and as frequent as Zipf's law has it.
 */
final class Copies {
    private static final int GROUP = 10; // documents; the first seven are originals
    private static final int ORIGINALS = 7;
    private static final int VOCABULARY = 50_000;
    private static final double[] CHANGED = {0, 0, 0.01, 0.02, 0.05, 0.1}; // share of words, by copy
    private static final int LEAST_WORDS = 150; // with 250 on top at most, and 7.2 bytes a word: 2 kB
    private static final int FURTHER_WORDS = 250;
    private static final int FILE = 50_000; // documents; 100 MB

    private final long seed;
    private final String[] vocabulary = new String[VOCABULARY];

    Copies(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        for (int i = 0; i < VOCABULARY; i++) {
            int letters = 2 + (int) (Math.log(i + 2.0) / 2) + random.nextInt(5);
            vocabulary[i] = random.ints(letters, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    String text(int number) {
        int place = number % GROUP;
        if (place < ORIGINALS) {
            return String.join(" ", words(number));
        }
        Random random = random(number);
        int original = number - place + random.nextInt(2); // clusters of two to four
        String[] words = words(original);
        double share = CHANGED[random.nextInt(CHANGED.length)];
        for (int i = 0; i < words.length; i++) {
            if (random.nextDouble() < share) {
                words[i] = word(random);
            }
        }
        return String.join(" ", words);
    }

    private String[] words(int number) {
        Random random = random(number);
        String[] words = new String[LEAST_WORDS + random.nextInt(FURTHER_WORDS)];
        Arrays.setAll(words, i -> word(random));
        return words;
    }

    private Random random(int number) {
        return new Random(seed + 0x9E3779B97F4A7C15L * (number + 1));
    }

    private String word(Random random) {
        return vocabulary[(int) Math.pow(VOCABULARY, random.nextDouble()) - 1];
    }

    /** JSON lines of the first documents, and their size in bytes. */
    long write(Path folder, int documents) throws IOException {
        Files.createDirectories(folder);
        long bytes = 0;
        for (int from = 0; from < documents; from += FILE) {
            Path file = folder.resolve("part-%05d.jsonl".formatted(from / FILE));
            try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
                for (int i = from; i < Math.min(documents, from + FILE); i++) {
                    out.write("{\"id\":\"made-%08d\",\"text\":\"".formatted(i));
                    out.write(text(i)); // letters and spaces: nothing to escape
                    out.write("\"}\n");
                }
            }
            bytes += Files.size(file);
        }
        return bytes;
    }
}
