package org.lilgatsby.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What name and type of a setting do not say; at a component of a configuration's record, or at a parameter of its
 * {@link Written} factory.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Setting {
    /** What a printed configuration says beside the value, unless it says what the chosen value itself does. */
    String value() default "";

    /** Its name; that of the component in snake case if it is empty. A parameter has to have one. */
    String name() default "";

    /**
     * For a record of settings: whether they are beside the other settings of the group instead of a group below it.
     */
    boolean inline() default false;

    /** Whether it may be missing or null, which gives null. The types of the {@code Optional} family say so already. */
    boolean optional() default false;

    /** For a list: one, as messages show it. */
    String example() default "";

    /** For a text or a list of texts: whether either may be written; the items of a text have commas between them. */
    boolean textOrList() default false;

    /** For a whole number: the largest that is read at all. */
    long most() default Long.MAX_VALUE;
}
