/**
 * Conversations as chat models read them: a {@link kindling.jobs.chat.ChatTemplate} makes text of {@link kindling.jobs.chat.Message}s, a {@link
 * kindling.jobs.chat.ChatEncoder} ids of both, {@link kindling.jobs.chat.ChatLessons} what fits into a model's context to learn from. Nothing here knows
 * Spark but for the files that a template lies in.
 *
 * <p>Public besides these: {@link kindling.jobs.chat.ChatTemplateException}, what a template cannot say. {@code ChatText} renders and finds the messages again.
 *
 * <p>Source: Hugging Face, Chat templates, huggingface.co/docs/transformers/chat_templating.
 */
package kindling.jobs.chat;
