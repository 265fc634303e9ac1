package kindling.jobs.rows;

import java.util.List;
import kindling.model.generate.Work;

/** Answers documents, many at once; one answer for each, in their order. Lives on an executor, for one partition. */
public interface Task extends AutoCloseable {
    /** One input row: its id and its text, which may be null. */
    record Request(String id, String text) {}

    List<Answer> answer(List<Request> requests);

    /** What a model has done for all answers so far; nothing where none is asked. */
    default Work work() {
        return Work.NONE;
    }

    @Override
    void close();
}
