package kindling.jobs.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import kindling.model.generate.Completion;
import kindling.model.generate.Decoding;
import kindling.prep.summary.Sentences;
import kindling.prep.summary.Support;
import kindling.prep.token.Tokenizer;

/**
 * Summaries that a model writes. A document that does not fit the context is summarized piece by piece, cut between sentences,
 * and the summaries of the pieces are summarized again until one is left; or, when asked, only its head is read, and the row says
 * how much was not.
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
    private static final class Work {
        final Request request;
        String text;
        Answer answer;
        int promptTokens;
        int completionTokens;
        int firstChunks;
        int dropped;
        boolean stopped = true;

        Work(Request request) {
            this.request = request;
            this.text = request.text();
            if (text == null || text.isBlank()) {
                answer = Answer.failed("abstractive", "EmptyInput: there is no text to summarize");
            }
        }
    }

    @Override
    public List<Answer> answer(List<Request> requests) {
        List<Work> all = requests.stream().map(Work::new).toList();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Work> open = all.stream().filter(work -> work.answer == null).toList();
            if (open.isEmpty()) {
                break;
            }
            summarizeOnce(open);
        }
        all.stream()
                .filter(work -> work.answer == null)
                .forEach(work -> work.answer = Answer.failed(
                        "abstractive",
                        "NotShrinking: %d rounds of summaries did not fit the context".formatted(MAX_ROUNDS)));
        return all.stream().map(work -> work.answer).toList();
    }

    /** One round: every piece of every open document is written once. */
    private void summarizeOnce(List<Work> open) {
        List<int[]> prompts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (Work work : open) {
            List<int[]> pieces = pieces(work);
            counts.add(pieces.size());
            pieces.forEach(piece -> prompts.add(template.ids(writer.tokenizer(), piece, piece.length)));
            pieces.forEach(piece -> ids.add(work.request.id()));
        }
        List<Completion> completions = writer.write(prompts, ids);
        int next = 0;
        for (int i = 0; i < open.size(); i++) {
            int end = next + counts.get(i);
            take(open.get(i), prompts.subList(next, end), completions.subList(next, end));
            next = end;
        }
    }

    private List<int[]> pieces(Work work) {
        int room = writer.room() - template.length(writer.tokenizer());
        int[] ids = writer.tokenizer().encode(work.text);
        if (ids.length <= room) {
            return List.of(ids);
        }
        if (longInput == Overlong.HEAD) {
            work.dropped = ids.length - room;
            return List.of(Arrays.copyOf(ids, room));
        }
        return pieces(writer.tokenizer(), work.text, room);
    }

    /** Pieces of at most {@code room} ids that end between sentences; a sentence longer than that is cut between tokens. */
    static List<int[]> pieces(Tokenizer tokenizer, String text, int room) {
        List<int[]> pieces = new ArrayList<>();
        int[] piece = new int[0];
        for (String sentence : Sentences.split(text)) {
            int[] ids = tokenizer.encode(pieces.isEmpty() && piece.length == 0 ? sentence : " " + sentence);
            for (int from = 0; from < ids.length; from += room) {
                int[] part = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + room));
                if (piece.length + part.length > room) {
                    pieces.add(piece);
                    piece = new int[0];
                }
                int[] longer = Arrays.copyOf(piece, piece.length + part.length);
                System.arraycopy(part, 0, longer, piece.length, part.length);
                piece = longer;
            }
        }
        pieces.add(piece);
        return pieces;
    }

    private void take(Work work, List<int[]> prompts, List<Completion> completions) {
        work.promptTokens += prompts.stream().mapToInt(prompt -> prompt.length).sum();
        work.completionTokens += completions.stream()
                .mapToInt(completion -> completion.ids().length)
                .sum();
        work.firstChunks = Math.max(work.firstChunks, prompts.size());
        String joined = completions.stream().map(writer::text).collect(Collectors.joining(" "));
        if (completions.size() == 1) {
            work.stopped = completions.get(0).stopped();
            work.answer = finished(work, joined);
        } else if (joined.length() >= work.text.length()) {
            work.answer = Answer.failed(
                    "abstractive", "NotShrinking: the summaries of its pieces are longer than the document");
        } else {
            work.text = joined;
        }
    }

    private Answer finished(Work work, String written) {
        String summary = firstWords(written, maxWords);
        boolean whole = work.stopped && summary.length() == written.length();
        return new Answer(
                summary,
                null,
                whole ? "stop" : "length",
                work.promptTokens,
                work.completionTokens,
                "abstractive",
                work.firstChunks,
                work.dropped,
                Support.of(work.request.text(), summary));
    }

    /** The text up to its n-th word. */
    static String firstWords(String text, int n) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            if (!space && !inWord && ++words > n) {
                return text.substring(0, i).stripTrailing();
            }
            inWord = !space;
        }
        return text;
    }

    @Override
    public void close() {
        writer.close();
    }
}
