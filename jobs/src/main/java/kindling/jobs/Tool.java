package kindling.jobs;

import java.io.PrintStream;
import kindling.jobs.io.Session;

/** A command that works on a folder as it is, without an output of its own. */
interface Tool {
    /** @return the exit code: 0 done, 1 not as it should be */
    int run(Session session, PrintStream out);
}
