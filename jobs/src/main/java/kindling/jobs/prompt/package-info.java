/**
 * What a model is asked: a document becomes the ids that the model reads, and what it writes becomes the document's output. Nothing here needs a model
 * or Spark but for the file that examples lie in.
 *
 * <p>What flows: an {@link kindling.jobs.prompt.Instruction} puts a task around a document, a {@link kindling.jobs.prompt.Prompt} what the system says and
 * {@link kindling.jobs.prompt.Example}s before that, as turns of a chat ({@link kindling.jobs.prompt.ChatPrompt}) or as paragraphs of plain text ({@link
 * kindling.jobs.prompt.PlainPrompt}, {@link kindling.jobs.prompt.PromptTemplate}); a model goes on, and the instruction reads its text.
 *
 * <p>Public besides these: the instructions {@link kindling.jobs.prompt.ContinueText}, {@link kindling.jobs.prompt.ContinueCode}, {@link
 * kindling.jobs.prompt.Translate}, {@link kindling.jobs.prompt.Classify}, {@link kindling.jobs.prompt.Keywords}, {@link
 * kindling.jobs.prompt.AnswerQuestion}.
 *
 * <p>To add another task: one class that implements {@code Instruction}, one line in the map of {@code PromptOptions}, one test of its prompt and its
 * output.
 */
package kindling.jobs.prompt;
