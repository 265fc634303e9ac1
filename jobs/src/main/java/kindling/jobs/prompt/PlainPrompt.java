package kindling.jobs.prompt;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.prep.token.Tokenizer;

/**
 * A text in a template, after what the system says and after examples in the same template, paragraphs all of them.
 *
 * @param system "" for nothing
 */
public record PlainPrompt(PromptTemplate template, String system, List<Example> examples) implements Prompt {
    private static final String PARAGRAPH = "\n\n";

    public PlainPrompt {
        examples = List.copyOf(examples);
    }

    /** A text in a template, nothing before it. */
    public static PlainPrompt of(PromptTemplate template) {
        return new PlainPrompt(template, "", List.of());
    }

    @Override
    public Function<String, int[]> encoder(Tokenizer tokenizer, int[] begin) {
        int[] before = tokenizer.encode(before());
        return text -> Stream.of(begin, before, template.ids(tokenizer, tokenizer.encode(text), Integer.MAX_VALUE))
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    @Override
    public String answer(String text) {
        return " " + text;
    }

    /** What stands before every text. */
    String before() {
        return Stream.concat(
                        Stream.of(system).filter(text -> !text.isEmpty()),
                        examples.stream()
                                .map(example -> template.around(example.document()) + answer(example.answer())))
                .map(paragraph -> paragraph + PARAGRAPH)
                .collect(Collectors.joining());
    }
}
