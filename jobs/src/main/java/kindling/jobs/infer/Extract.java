package kindling.jobs.infer;

import java.util.List;
import kindling.jobs.rows.Answer;
import kindling.jobs.rows.Task;
import kindling.prep.summary.Extractive;
import kindling.prep.summary.Support;

/** Summaries made of the document's own sentences: the central ones, or the first. No model. */
public final class Extract implements Task {
    private final boolean lead;
    private final int maxWords;

    /** @param lead take the first sentence instead of the central ones */
    public Extract(boolean lead, int maxWords) {
        this.lead = lead;
        this.maxWords = maxWords;
    }

    @Override
    public List<Answer> answer(List<Request> requests) {
        return requests.stream().map(this::answer).toList();
    }

    Answer answer(Request request) {
        String method = lead ? "lead" : "extractive";
        if (request.text() == null || request.text().isBlank()) {
            return Answer.failed(method, "EmptyInput: there is no text to summarize");
        }
        String summary = lead ? Extractive.lead(request.text(), 1) : Extractive.summarize(request.text(), maxWords);
        return Answer.plain(summary, method, Support.of(request.text(), summary));
    }

    @Override
    public void close() {}
}
