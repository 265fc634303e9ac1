package kindling.jobs.infer;

import java.util.ArrayList;
import java.util.List;

/** A model's summary where the document supports it, otherwise sentences of the document itself. */
public final class SupportedOrExtract implements Task {
    private final Summarize abstractive;
    private final Extract extractive;
    private final double leastSupport;

    /** @param leastSupport share of a summary's word pairs that must stand in the document, 0 … 1 */
    public SupportedOrExtract(Summarize abstractive, Extract extractive, double leastSupport) {
        this.abstractive = abstractive;
        this.extractive = extractive;
        this.leastSupport = leastSupport;
    }

    @Override
    public List<Answer> answer(List<Request> requests) {
        List<Answer> written = abstractive.answer(requests);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            Answer answer = written.get(i);
            boolean supported =
                    answer.error() == null && !answer.output().isBlank() && answer.support() >= leastSupport;
            answers.add(supported ? answer : extractive.answer(requests.get(i)));
        }
        return answers;
    }

    @Override
    public void close() {
        abstractive.close();
    }
}
