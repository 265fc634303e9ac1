package kindling.jobs.infer;

import java.util.ArrayList;
import java.util.List;
import kindling.jobs.rows.Answer;
import kindling.jobs.rows.Task;
import kindling.model.generate.Work;
import kindling.prep.summary.Repair;
import kindling.prep.summary.Support;

/**
 * A model's summary with sentences of the document in place of those that the document does not support. The row's method says whose
 * the sentences are: {@code abstractive}, all the model's; {@code extractive}, none; {@code auto}, some. {@code replaced_sentences}
 * counts those that went.
 */
public final class SupportedOrExtract implements Task {
    private final Summarize abstractive;
    private final Extract extractive;
    private final double leastSupport;
    private final int maxWords;

    /**
     * @param leastSupport of a sentence that stays, 0 … 1, as {@link Support} measures it
     * @param maxWords of a summary with sentences of both
     */
    public SupportedOrExtract(Summarize abstractive, Extract extractive, double leastSupport, int maxWords) {
        this.abstractive = abstractive;
        this.extractive = extractive;
        this.leastSupport = leastSupport;
        this.maxWords = maxWords;
    }

    @Override
    public List<Answer> answer(List<Request> requests) {
        List<Answer> written = abstractive.answer(requests);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            answers.add(supported(requests.get(i), written.get(i)));
        }
        return answers;
    }

    private Answer supported(Request request, Answer written) {
        if (written.error() != null) {
            return extractive.answer(request);
        }
        Repair repair = Repair.of(request.text(), written.output(), leastSupport, maxWords);
        if (repair.kept() == 0) {
            Answer extract = extractive.answer(request);
            return written.withOutput(extract.output(), extract.method(), extract.support(), repair.replaced());
        }
        return repair.replaced() == 0
                ? written
                : written.withOutput(
                        repair.summary(), "auto", Support.of(request.text(), repair.summary()), repair.replaced());
    }

    @Override
    public Work work() {
        return abstractive.work();
    }

    @Override
    public void close() {
        abstractive.close();
    }
}
