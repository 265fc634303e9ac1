package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import kindling.prep.Document;

/** The documents that a benchmark works on, all of them in memory. */
final class Texts {
    private static final int INVENTED = 200; // documents
    private static final int SENTENCES = 120; // a document
    private static final int VOCABULARY = 20_000;
    private static final long SEED = 1;

    private Texts() {}

    /**
     * The documents of a file: each line of JSON lines, in their field {@code text}; a text file as one. A name that ends in
     * {@code .gz} is decompressed. Without a file, prose of invented words.
     */
    static List<Document> read(Path file) throws IOException {
        if (file == null) {
            return invented();
        }
        String name = file.getFileName().toString();
        boolean compressed = name.endsWith(".gz");
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = compressed ? new GZIPInputStream(raw) : raw) {
            return name.contains(".jsonl") || name.contains(".ndjson")
                    ? jsonLines(in)
                    : List.of(Document.of(name, new String(in.readAllBytes(), UTF_8), name));
        }
    }

    /** Decodes UTF-8, which reading any text costs: the limit beside other rates. Returns the number of characters. */
    static long decode(List<byte[]> encoded) {
        long characters = 0;
        for (byte[] text : encoded) {
            characters += new String(text, UTF_8).length();
        }
        return characters;
    }

    private static List<Document> jsonLines(InputStream in) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Document> documents = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String text = json.readTree(line).path("text").asText();
            documents.add(Document.of(String.valueOf(documents.size()), text, "benchmark"));
        }
        return documents;
    }

    /** Words in Zipf's proportions, in sentences and paragraphs: repeats as prose has them, nothing for line rules to find. */
    private static List<Document> invented() {
        Random random = new Random(SEED);
        List<String> vocabulary = new ArrayList<>(List.of("the", "of", "and", "to", "that", "with", "have", "be"));
        while (vocabulary.size() < VOCABULARY) {
            vocabulary.add(word(random, 2 + random.nextInt(8)));
        }
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < INVENTED; i++) {
            documents.add(Document.of(String.valueOf(i), prose(random, vocabulary), "benchmark"));
        }
        return documents;
    }

    private static String word(Random random, int letters) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static String prose(Random random, List<String> vocabulary) {
        StringBuilder text = new StringBuilder();
        for (int sentence = 0; sentence < SENTENCES; sentence++) {
            int words = 6 + random.nextInt(20);
            for (int i = 0; i < words; i++) {
                int rank = (int) Math.pow(VOCABULARY, random.nextDouble()) - 1;
                text.append(i == 0 ? "" : " ").append(vocabulary.get(rank));
            }
            text.append(sentence % 6 == 5 ? ".\n\n" : ". ");
        }
        return text.toString();
    }
}
