package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import kindling.prep.token.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How fast texts are encoded, beside the two libraries that JVM users have, with the same vocabularies and the same pieces of text: jtokkit,
 * which brings the vocabularies, and Hugging Face's through ai.djl.huggingface:tokenizers.
 */
@Command(
        name = "tokenizer",
        description =
                "Encoding: MB/s (UTF-8 bytes) of Kindling, jtokkit and Hugging Face tokenizers, equal ids, hostile texts.")
final class TokenizerBench implements Bench {
    private static final double MEGA = 1e6;
    private static final int PIECE = 4096; // characters of one call, to the end of the line
    private static final int SLOW_BYTES = 2_000_000; // what the slowest peer gets of the text
    private static final List<Vocabulary> VOCABULARIES = List.of(
            new Vocabulary("r50k", "gpt2", EncodingType.R50K_BASE),
            new Vocabulary("cl100k", "cl100k", EncodingType.CL100K_BASE),
            new Vocabulary("o200k", "o200k", EncodingType.O200K_BASE));
    /** The library as a plain encoder: by default it cuts texts off at 512 ids. */
    private static final Map<String, String> LIBRARY =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private static final Map<String, String> HOSTILE =
            new TreeMap<>(Map.of("letters", "a", "spaces", " ", "emoji", "😀", "newlines", "\n"));

    /** One of jtokkit's vocabularies and the pattern that goes with it. */
    private record Vocabulary(String name, String pattern, EncodingType type) {
        Tokenizer kindling() throws IOException {
            String resource = "/com/knuddels/jtokkit/" + type.getName() + ".tiktoken";
            try (InputStream ranks = Encodings.class.getResourceAsStream(resource)) {
                return Tokenizer.ofRanks(ranks, pattern, List.of(Tokenizer.END_OF_TEXT));
            }
        }
    }

    @Option(names = "--input", paramLabel = "FILE", description = "Text, or JSON lines with a field text; .gz or not.")
    Path input;

    @Option(
            names = "--megabytes",
            paramLabel = "N",
            description = "At most so much of the input; default ${DEFAULT-VALUE}.")
    int megabytes = 10;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of a second run; default ${DEFAULT-VALUE}.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public void check(List<String> problems) {
        if (threads < 1) {
            problems.add("--threads must be >= 1, got " + threads);
        }
        if (megabytes < 1 || megabytes > 1000) {
            problems.add("--megabytes must be 1 to 1000, got " + megabytes);
        }
    }

    @Override
    public void run(Figures figures) throws Exception {
        System.setProperty("ai.djl.offline", "true"); // the library's own switch: it calls nobody
        List<String> pieces = pieces();
        List<byte[]> encoded =
                pieces.stream().map(piece -> piece.getBytes(UTF_8)).toList();
        long bytes = bytes(pieces);
        figures.put("input", bytes / MEGA, "MB");
        figures.put("limit_utf8_decoding", Rate.megabytesPerSecond(bytes, 1, () -> Texts.decode(encoded)), "MB/s");
        for (Vocabulary vocabulary : VOCABULARIES) {
            compare(vocabulary, pieces, figures);
            hostile(vocabulary, figures);
        }
    }

    private void compare(Vocabulary vocabulary, List<String> pieces, Figures figures) throws Exception {
        Tokenizer ours = vocabulary.kindling();
        long bytes = bytes(pieces);
        String name = vocabulary.name;
        double rate = Rate.megabytesPerSecond(bytes, 1, () -> tokens(pieces, ours::encode));
        figures.put(name + "_kindling", rate, "MB/s");
        figures.put(name + "_bytes_per_token", (double) bytes / tokens(pieces, ours::encode), "bytes");
        Encoding jtokkit = Encodings.newLazyEncodingRegistry().getEncoding(vocabulary.type);
        peer(name + "_jtokkit", pieces, ours, rate, text -> ids(jtokkit, text), figures);
        try (InputStream json = new ByteArrayInputStream(ours.json().getBytes(UTF_8));
                HuggingFaceTokenizer library = HuggingFaceTokenizer.newInstance(json, LIBRARY)) {
            peer(name + "_huggingface", some(pieces), ours, rate, text -> ids(library, text), figures);
        }
        if (threads > 1) {
            double each = Rate.megabytesPerSecond(bytes, threads, () -> tokens(pieces, ours::encode));
            figures.put("%s_kindling_%d_threads_per_core".formatted(name, threads), each, "MB/s");
        }
    }

    private static void peer(
            String name,
            List<String> pieces,
            Tokenizer ours,
            double rate,
            Function<String, int[]> theirs,
            Figures figures)
            throws InterruptedException {
        double peer = Rate.megabytesPerSecond(bytes(pieces), 1, () -> tokens(pieces, theirs));
        figures.put(name, peer, "MB/s");
        figures.put(name + "_behind", rate / peer, "times");
        long equal = pieces.stream()
                .filter(piece -> Arrays.equals(ours.encode(piece), theirs.apply(piece)))
                .count();
        figures.put(name + "_equal_ids", 100.0 * equal / pieces.size(), "% of pieces");
    }

    private static void hostile(Vocabulary vocabulary, Figures figures) throws IOException {
        Tokenizer tokenizer = vocabulary.kindling();
        for (Map.Entry<String, String> hostile : HOSTILE.entrySet()) {
            String unit = hostile.getValue();
            String text = unit.repeat((int) MEGA / unit.getBytes(UTF_8).length);
            long start = System.nanoTime();
            tokenizer.encode(text);
            double seconds = (System.nanoTime() - start) / 1e9;
            figures.put("%s_hostile_1MB_%s".formatted(vocabulary.name, hostile.getKey()), seconds, "s");
        }
    }

    /** The input's texts, cut at line ends. */
    private List<String> pieces() throws IOException {
        List<String> pieces = new ArrayList<>();
        long left = megabytes * (long) MEGA;
        for (var document : Texts.read(input)) {
            String text = document.text();
            for (int from = 0, to; from < text.length() && left > 0; from = to) {
                int line = text.indexOf('\n', from + PIECE);
                to = line < 0 ? text.length() : line + 1;
                pieces.add(text.substring(from, to));
                left -= to - from;
            }
        }
        return pieces;
    }

    private static List<String> some(List<String> pieces) {
        int count = 0;
        for (int size = 0; count < pieces.size() && size < SLOW_BYTES; count++) {
            size += pieces.get(count).length();
        }
        return pieces.subList(0, count);
    }

    private static long bytes(List<String> pieces) {
        return pieces.stream().mapToLong(piece -> piece.getBytes(UTF_8).length).sum();
    }

    private static long tokens(List<String> pieces, Function<String, int[]> encode) {
        long tokens = 0;
        for (String piece : pieces) {
            tokens += encode.apply(piece).length;
        }
        return tokens;
    }

    private static int[] ids(Encoding jtokkit, String text) {
        return jtokkit.encodeOrdinary(text).toArray();
    }

    private static int[] ids(HuggingFaceTokenizer library, String text) {
        return Arrays.stream(library.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
