package kindling.prep.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.words.Pretokenizer;

/** Small files in the shape of published ones, each with a vocabulary trained here on a few lines. */
final class Kinds {
    static final String SAMPLE = """
            the cat sat on the mat, the other cats sat on the other mats. Isn't that the théâtre? They'll say I'VE seen 1234567 of 890.
                def f(x):\n\t\treturn x  +  1\n\n\n    # the end\r\n\r\n  Ünïcödé naïve café e\u0301te\u0301, the 中文字符 and ひらがな, 한국어, русский язык, ελληνικά.
            aaaaaaaa aaaa 😀😀 👩‍🚀 hello hello world world HELLO World!!! -- /path/to/file <tag>the</tag> the the the the
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPACE = "▁";

    /** Every kind by its name. */
    static final Map<String, Supplier<String>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("gpt2", () -> byteLevel()),
            Map.entry("qwen", () -> qwen()),
            Map.entry("qwen with added tokens", () -> withAddedTokens(qwen())),
            Map.entry("llama3", () -> split("cl100k", "Isolated", false)),
            Map.entry("gpt4o", () -> split("o200k", "Removed", true)),
            Map.entry("trained gpt2, NFC", () -> trained("gpt2", true)),
            Map.entry("trained cl100k", () -> trained("cl100k", false)),
            Map.entry("trained o200k, NFC", () -> trained("o200k", true)),
            Map.entry("roberta", () -> roberta()),
            Map.entry("starcoder", () -> starcoder()),
            Map.entry("ignored merges", () -> ignoredMerges()),
            Map.entry("normalized", () -> normalized()),
            Map.entry("added tokens", () -> withAddedTokens(byteLevel())),
            Map.entry("llama2", () -> llama2(true, true)),
            Map.entry("llama2 with added tokens", () -> withAddedTokens(llama2(true, true))),
            Map.entry("unknown fused", () -> llama2(false, true)),
            Map.entry("unknown apart", () -> llama2(false, false)),
            Map.entry("metaspace", () -> metaspace("first", false)),
            Map.entry("metaspace words", () -> metaspace("always", true)),
            Map.entry("gemma", () -> gemma()),
            Map.entry("characters", () -> characters(false)),
            Map.entry("characters, NFC", () -> characters(true)),
            Map.entry("few bytes", () -> fewBytes())));

    private Kinds() {}

    /** Some of the sample's characters, so that others are unknown. */
    private static String characters(boolean nfc) {
        int[] points = SAMPLE.codePoints().filter(point -> point % 7 != 0).toArray();
        return Tokenizer.ofCharacters(points, nfc, List.of()).json();
    }

    static String json(String kind) {
        return ALL.get(kind).get();
    }

    private static String byteLevel() {
        Map<String, Long> counts = new HashMap<>();
        Pretokenizer.named("gpt2").words(SAMPLE, word -> counts.merge(word, 1L, Long::sum));
        return BpeTrainer.train(counts, 400, "gpt2", List.of("<s>", "</s>")).json();
    }

    /** What training writes: Hugging Face's library must read it with the same ids. */
    private static String trained(String pattern, boolean nfc) {
        Tokenizer pieces = Tokenizer.parse(byteLevel());
        List<int[]> merges = new ArrayList<>();
        for (JsonNode merge : tree(byteLevel()).at("/model/merges")) {
            String[] pair = merge.asText().split(" ", -1);
            merges.add(new int[] {
                pieces.id(pair[0]).orElseThrow(), pieces.id(pair[1]).orElseThrow()
            });
        }
        return Tokenizer.byteLevel(pattern, nfc, merges, List.of(Tokenizer.END_OF_TEXT, "<|user|>"))
                .json();
    }

    private static String qwen() {
        ObjectNode root = tree(split("qwen2", "Isolated", false));
        set(root, "normalizer", "{'type':'NFC'}");
        set(
                root,
                "post_processor",
                "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':false,'use_regex':false}");
        return root.toString();
    }

    private static String split(String pattern, String behavior, boolean invert) {
        ObjectNode root = tree(byteLevel());
        ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = sequence.putArray("pretokenizers");
        ObjectNode split =
                steps.addObject().put("type", "Split").put("behavior", behavior).put("invert", invert);
        split.putObject("pattern").put("Regex", Pretokenizer.named(pattern).regex());
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        return root.toString();
    }

    private static String roberta() {
        ObjectNode root = tree(byteLevel());
        ((ObjectNode) root.get("pre_tokenizer")).put("add_prefix_space", true);
        set(
                root,
                "post_processor",
                "{'type':'RobertaProcessing','sep':['</s>',399],'cls':['<s>',398],'trim_offsets':true,'add_prefix_space':true}");
        return root.toString();
    }

    private static String starcoder() {
        ObjectNode root = tree(byteLevel());
        set(
                root,
                "pre_tokenizer",
                "{'type':'Sequence','pretokenizers':[{'type':'Digits','individual_digits':true},"
                        + "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':true}]}");
        return root.toString();
    }

    /** Words that merging does not give: {@code the} as a piece without its merge. */
    private static String ignoredMerges() {
        ObjectNode root = tree(byteLevel());
        ((ObjectNode) root.get("model")).put("ignore_merges", true);
        ((ObjectNode) root.at("/model/vocab"))
                .put("HELLO", 400)
                .put("Ġxyz", 401)
                .put("😀", 402);
        return root.toString();
    }

    private static String normalized() {
        ObjectNode root = tree(withAddedTokens(byteLevel()));
        set(
                root,
                "normalizer",
                "{'type':'Sequence','normalizers':[{'type':'Strip','strip_left':false,'strip_right':true},{'type':'NFKC'},"
                        + "{'type':'Lowercase'},{'type':'Replace','pattern':{'String':'cat'},'content':'dog'},{'type':'NFD'}]}");
        return root.toString();
    }

    /** Every flag, and tokens that begin each other. No token of spaces: the library ends the JVM where one follows an rstrip token. */
    private static String withAddedTokens(String json) {
        ObjectNode root = tree(json);
        ArrayNode added = (ArrayNode) root.get("added_tokens");
        int next = root.at("/model/vocab").size();
        String[] flags = {"", "lstrip", "rstrip", "lstrip rstrip", "single_word", "normalized", "single_word normalized"
        };
        String[] contents = {
            "<tool>", "[L]", "[R]", "[LR]", "word", "Norm ", "Œnit", "<tool>s", "{L}", "{R}", "{LR}", "bos", "Spec ",
            "œ",
        };
        for (int i = 0; i < contents.length; i++) {
            String wanted = flags[i % flags.length];
            ObjectNode token = added.addObject().put("id", next++).put("content", contents[i]);
            for (String flag : List.of("lstrip", "rstrip", "single_word", "normalized")) {
                token.put(flag, wanted.contains(flag));
            }
            token.put("special", i >= flags.length);
        }
        return root.toString();
    }

    private static String llama2(boolean byteFallback, boolean fuses) {
        ObjectNode root = characters(byteFallback ? 256 : 0);
        set(
                root,
                "normalizer",
                "{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':'▁'},"
                        + "{'type':'Replace','pattern':{'String':' '},'content':'▁'}]}");
        set(
                root,
                "post_processor",
                "{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'<s>','type_id':0}},{'Sequence':{'id':'A','type_id':0}},"
                        + "{'SpecialToken':{'id':'</s>','type_id':0}}],'pair':[{'Sequence':{'id':'A','type_id':0}},{'Sequence':{'id':'B','type_id':0}}],"
                        + "'special_tokens':{'<s>':{'id':'<s>','ids':[1],'tokens':['<s>']},'</s>':{'id':'</s>','ids':[2],'tokens':['</s>']}}}");
        ((ObjectNode) root.get("model")).put("fuse_unk", fuses).put("byte_fallback", byteFallback);
        return root.toString();
    }

    private static String gemma() {
        ObjectNode root = tree(llama2(true, true));
        set(root, "normalizer", "{'type':'Replace','pattern':{'String':' '},'content':'▁'}");
        set(
                root,
                "pre_tokenizer",
                "{'type':'Split','pattern':{'String':' '},'behavior':'MergedWithPrevious','invert':false}");
        ((ArrayNode) root.at("/decoder/decoders")).remove(3);
        ArrayNode added = (ArrayNode) root.get("added_tokens");
        int next = root.at("/model/vocab").size();
        for (String content : List.of("\n\n", "▁▁▁", "  ", "<i>")) {
            added.add(((ObjectNode) added.get(0))
                    .deepCopy()
                    .put("id", next++)
                    .put("content", content)
                    .put("special", false));
        }
        return root.toString();
    }

    private static String metaspace(String scheme, boolean split) {
        ObjectNode root = tree(llama2(true, true));
        root.putNull("normalizer");
        String part =
                "{'type':'Metaspace','replacement':'▁','prepend_scheme':'%s','split':%s}".formatted(scheme, split);
        set(root, "pre_tokenizer", part);
        return root.toString();
    }

    /** Byte fallback for some bytes only, unknown tokens for the rest. */
    private static String fewBytes() {
        ObjectNode root = characters(0xE0);
        ((ObjectNode) root.get("model")).put("byte_fallback", true).put("fuse_unk", true);
        return root.toString();
    }

    /** Characters and what they merge to, most frequent pair first, after unknown token, begin, end and so many bytes. */
    private static ObjectNode characters(int bytes) {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        ArrayNode added = root.putArray("added_tokens");
        ObjectNode model = root.putObject("model").put("type", "BPE").put("unk_token", "<unk>");
        ObjectNode vocab = model.putObject("vocab");
        for (String special : List.of("<unk>", "<s>", "</s>")) {
            added.addObject()
                    .put("id", vocab.size())
                    .put("content", special)
                    .put("special", true)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false);
            vocab.put(special, vocab.size());
        }
        for (int b = 0; b < bytes; b++) {
            vocab.put("<0x%02X>".formatted(b), vocab.size());
        }
        List<String> symbols = new ArrayList<>();
        SAMPLE.replace(" ", SPACE)
                .codePoints()
                .filter(c -> c != '\t' && c < 0x3000)
                .forEach(c -> symbols.add(Character.toString(c)));
        symbols.stream()
                .distinct()
                .filter(symbol -> !vocab.has(symbol))
                .forEach(symbol -> vocab.put(symbol, vocab.size()));
        ArrayNode merges = model.putArray("merges");
        for (int i = 0; i < 150; i++) {
            merge(symbols, vocab, merges);
        }
        set(
                root,
                "decoder",
                "{'type':'Sequence','decoders':[{'type':'Replace','pattern':{'String':'▁'},'content':' '},{'type':'ByteFallback'},"
                        + "{'type':'Fuse'},{'type':'Strip','content':' ','start':1,'stop':0}]}");
        return root;
    }

    private static void merge(List<String> symbols, ObjectNode vocab, ArrayNode merges) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + 1 < symbols.size(); i++) {
            counts.merge(List.of(symbols.get(i), symbols.get(i + 1)), 1, Integer::sum);
        }
        List<String> best = counts.entrySet().stream()
                .max(Map.Entry.<List<String>, Integer>comparingByValue()
                        .thenComparing(pair -> String.join(" ", pair.getKey())))
                .orElseThrow()
                .getKey();
        String merged = best.get(0) + best.get(1);
        merges.addArray().add(best.get(0)).add(best.get(1));
        if (!vocab.has(merged)) {
            vocab.put(merged, vocab.size());
        }
        for (int i = 0; i + 1 < symbols.size(); i++) {
            if (symbols.subList(i, i + 2).equals(best)) {
                symbols.set(i, merged);
                symbols.remove(i + 1);
            }
        }
    }

    private static void set(ObjectNode root, String field, String json) {
        try {
            root.set(field, JSON.readTree(json.replace('\'', '"')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode tree(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            return (ObjectNode) root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
