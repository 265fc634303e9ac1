package kindling.jobs.rows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import kindling.model.generate.Work;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/** Answers the requests of a partition, chunk by chunk: those whose answers are durable already are not asked again. Runs on an executor. */
final class Answering implements AutoCloseable {
    private final Chunks chunks;
    private final Inference.TaskSource source;
    private final long mostErrors;
    private final RowErrors errors = new RowErrors();
    private long asked; // or answered before
    private long ended; // chunks
    private long found; // those that were durable
    private Task task;

    /** @param mostErrors rows that may fail; with more, the rest is left */
    Answering(Chunks chunks, Inference.TaskSource source, long mostErrors) {
        this.chunks = chunks;
        this.source = source;
        this.mostErrors = mostErrors;
    }

    /** @param requests of {@link Rows#requests} */
    Effort answer(Iterator<Row> requests) {
        List<Row> chunk = new ArrayList<>();
        while (requests.hasNext() && errors.rows() <= mostErrors) {
            Row request = requests.next();
            if (!chunk.isEmpty() && chunk.get(0).getInt(Rows.CHUNK_AT) != request.getInt(Rows.CHUNK_AT)) {
                answer(chunk);
                chunk.clear();
            }
            chunk.add(request);
        }
        if (!chunk.isEmpty() && errors.rows() <= mostErrors) {
            answer(chunk);
        }
        return new Effort(errors, asked, ended, found, task == null ? Work.NONE : task.work());
    }

    private void answer(List<Row> chunk) {
        int number = chunk.get(0).getInt(Rows.CHUNK_AT);
        Optional<List<Chunks.Answered>> durable = chunks.read(number).filter(before -> areOf(before, chunk));
        List<Chunks.Answered> answered = durable.orElseGet(() -> answered(number, chunk));
        asked += chunk.stream().filter(row -> row.isNullAt(Rows.PROBLEM_AT)).count();
        ended++;
        found += durable.isPresent() ? 1 : 0;
        for (int i = 0; i < chunk.size(); i++) {
            String error = answered.get(i).answer().error();
            if (error != null) {
                errors.add(error, chunk.get(i).getLong(Rows.ROWS_AT));
            }
        }
    }

    private static boolean areOf(List<Chunks.Answered> answered, List<Row> chunk) {
        List<String> keys = answered.stream().map(Chunks.Answered::key).toList();
        return keys.equals(chunk.stream().map(row -> row.getString(Rows.KEY_AT)).toList());
    }

    private List<Chunks.Answered> answered(int number, List<Row> chunk) {
        List<Task.Request> sound = chunk.stream()
                .filter(row -> row.isNullAt(Rows.PROBLEM_AT))
                .map(row -> new Task.Request(row.getString(Rows.ID_AT), row.getString(Rows.TEXT_AT)))
                .toList();
        Iterator<Answer> answers =
                sound.isEmpty() ? List.<Answer>of().iterator() : answers(sound).iterator();
        List<Chunks.Answered> answered = chunk.stream()
                .map(row -> new Chunks.Answered(
                        row.getString(Rows.KEY_AT),
                        row.isNullAt(Rows.PROBLEM_AT)
                                ? answers.next()
                                : Answer.failed("none", row.getString(Rows.PROBLEM_AT))))
                .toList();
        chunks.write(number, answered);
        return answered;
    }

    private List<Answer> answers(List<Task.Request> requests) {
        if (task == null) { // models are loaded only where something is left to ask
            task = source.task();
        }
        return carefully(requests);
    }

    /** A request that a task breaks on costs itself alone: the others are asked without it. */
    private List<Answer> carefully(List<Task.Request> requests) {
        try {
            return task.answer(requests);
        } catch (RuntimeException | StackOverflowError e) {
            if (TaskContext.get().isInterrupted()) {
                throw e;
            }
            if (requests.size() == 1) {
                return List.of(Answer.failed("none", e.getClass().getSimpleName() + ": " + e.getMessage()));
            }
            int half = requests.size() / 2;
            List<Answer> answers = new ArrayList<>(carefully(requests.subList(0, half)));
            answers.addAll(carefully(requests.subList(half, requests.size())));
            return answers;
        }
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
    }
}
