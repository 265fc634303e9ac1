package kindling.jobs.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kindling.jobs.prompt.PromptTemplate;
import kindling.jobs.rows.Answer;
import kindling.jobs.rows.Task;
import kindling.model.generate.Completion;
import kindling.model.generate.Decoding;
import kindling.model.generate.Work;
import kindling.prep.sentence.Chunks;
import kindling.prep.sentence.Span;
import kindling.prep.sentence.Words;
import kindling.prep.summary.Support;

/**
 * Summaries that a model writes. A document that does not fit the context is summarized piece by piece, cut between sentences ({@link
 * Chunks}), and the summaries of the pieces are summarized again until one is left; or, when asked, only its head is read. Either way
 * the row says which characters were in no piece. Every round makes the text shorter, or the row gets an error.
 */
public final class Summarize implements Task {
    /** What happens to documents longer than the context. */
    public enum Overlong {
        /** Summarize pieces, then their summaries. */
        MAP,
        /** Read the beginning only. */
        HEAD
    }

    private static final int MAX_ROUNDS = 8; // each round shrinks the text several times

    private final Writer writer;
    private final PromptTemplate template;
    private final Overlong longInput;
    private final int maxWords;

    public Summarize(
            Model model,
            PromptTemplate template,
            Decoding decoding,
            Overlong longInput,
            int maxWords,
            int batchSize,
            long seed) {
        this.writer = new Writer(model, decoding, batchSize, seed);
        this.template = template;
        this.longInput = longInput;
        this.maxWords = maxWords;
    }

    /** A document on its way through the rounds. */
    private static final class Document {
        final Request request;
        String text;
        Answer answer;
        int promptTokens;
        int completionTokens;
        int firstChunks;
        int droppedTokens;
        List<Span> dropped = List.of(); // of the document
        boolean stopped = true;

        Document(Request request) {
            this.request = request;
            this.text = request.text();
            if (text == null || text.isBlank()) {
                answer = Answer.failed("abstractive", "EmptyInput: there is no text to summarize");
            }
        }
    }

    @Override
    public List<Answer> answer(List<Request> requests) {
        List<Document> all = requests.stream().map(Document::new).toList();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Document> open =
                    all.stream().filter(document -> document.answer == null).toList();
            if (open.isEmpty()) {
                break;
            }
            summarizeOnce(open);
        }
        all.stream()
                .filter(document -> document.answer == null)
                .forEach(document -> document.answer = Answer.failed(
                        "abstractive",
                        "NotShrinking: %d rounds of summaries did not fit the context".formatted(MAX_ROUNDS)));
        return all.stream().map(document -> document.answer).toList();
    }

    /** One round: every piece of every open document is written once. */
    private void summarizeOnce(List<Document> open) {
        List<int[]> prompts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (Document document : open) {
            List<int[]> pieces = pieces(document);
            counts.add(pieces.size());
            for (int[] piece : pieces) {
                prompts.add(template.ids(writer.tokenizer(), piece, piece.length));
                ids.add(document.request.id());
            }
        }
        List<Completion> completions = writer.write(prompts, ids);
        int next = 0;
        for (int i = 0; i < open.size(); i++) {
            int end = next + counts.get(i);
            take(open.get(i), prompts.subList(next, end), completions.subList(next, end));
            next = end;
        }
    }

    private List<int[]> pieces(Document document) {
        int room = writer.room() - template.length(writer.tokenizer());
        Chunks chunks = longInput == Overlong.HEAD
                ? Chunks.head(document.text, room, this::tokens)
                : Chunks.of(document.text, room, this::tokens);
        boolean firstRound = document.firstChunks == 0;
        if (firstRound) {
            document.dropped = Span.inCodePoints(document.text, chunks.dropped());
            document.droppedTokens = chunks.dropped().stream()
                    .mapToInt(span -> tokens(span.of(document.text)))
                    .sum();
        }
        return chunks.pieces().stream()
                .map(piece -> writer.tokenizer().encode(piece.of(document.text)))
                .toList();
    }

    private int tokens(String text) {
        return writer.tokenizer().encode(text).length;
    }

    private void take(Document document, List<int[]> prompts, List<Completion> completions) {
        document.promptTokens +=
                prompts.stream().mapToInt(prompt -> prompt.length).sum();
        document.completionTokens += completions.stream()
                .mapToInt(completion -> completion.ids().length)
                .sum();
        document.firstChunks = Math.max(document.firstChunks, prompts.size());
        String joined = completions.stream().map(writer::text).collect(Collectors.joining(" "));
        if (completions.isEmpty()) {
            document.answer =
                    Answer.failed("abstractive", "NoRoom: not one character of the document fits the context");
        } else if (completions.size() == 1 || joined.isBlank()) {
            document.stopped = completions.stream().allMatch(Completion::stopped);
            document.answer = finished(document, joined.strip());
        } else if (joined.length() >= document.text.length()) {
            document.answer = Answer.failed(
                    "abstractive", "NotShrinking: the summaries of its pieces are longer than the document");
        } else {
            document.text = joined;
        }
    }

    private Answer finished(Document document, String written) {
        String summary = Words.head(written, maxWords);
        boolean whole = document.stopped && summary.length() == written.length();
        return new Answer(
                summary,
                null,
                whole ? "stop" : "length",
                document.promptTokens,
                document.completionTokens,
                "abstractive",
                document.firstChunks,
                document.droppedTokens,
                Support.of(document.request.text(), summary),
                document.dropped,
                0,
                null);
    }

    @Override
    public Work work() {
        return writer.work();
    }

    @Override
    public void close() {
        writer.close();
    }
}
