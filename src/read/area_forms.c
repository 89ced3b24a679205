#include "read/area_forms.h"

#include <ctype.h>
#include <string.h>

#include "core/alloc.h"
#include "core/text.h"

/* Spaces, apostrophes and dashes of word processors to those of keyboards: in place. */
static void make_marks_plain(char *text) {
    static const struct {
        const char *mark, *plain;
    } marks[] = {{"\u00A0", " "}, {"\u2007", " "}, {"\u2009", " "}, {"\u202F", " "}, {"\u2018", "'"},
                 {"\u2019", "'"}, {"\u02BC", "'"}, {"\u2032", "'"}, {"\u00B4", "'"}, {"\u2010", "-"},
                 {"\u2011", "-"}, {"\u2012", "-"}, {"\u2013", "-"}, {"\u2014", "-"}, {"\u2212", "-"}};
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        size_t m = 0, count = sizeof marks / sizeof *marks;
        while (m < count && strncmp(from, marks[m].mark, strlen(marks[m].mark)) != 0)
            m++;
        *to++ = m < count ? marks[m].plain[0] : *from;
        from += m < count ? strlen(marks[m].mark) : 1;
    }
    *to = '\0';
}

void sg_area_forms_release(struct sg_area_forms *forms) {
    sg_free(forms->plain);
    sg_free(forms->whole);
    sg_free(forms->name);
    sg_free(forms->number);
    sg_free(forms->bracket);
    sg_free(forms->front);
    sg_free(forms->behind);
    sg_free(forms->letters);
}

/* "094" to "94", "5350001.00" to "5350001": in place; false when it is no such number. */
static bool simplify_number(char *text) {
    size_t digits = 0, points = 0;
    for (const char *c = text; *c != '\0'; c++) {
        digits += isdigit((unsigned char)*c) != 0;
        points += *c == '.';
        if (!isdigit((unsigned char)*c) && *c != '.')
            return false;
    }
    if (digits == 0 || points > 1)
        return false;
    size_t zeros = strspn(text, "0");
    if (zeros > 0 && !isdigit((unsigned char)text[zeros]))
        zeros--; /* one stays before the point or the end */
    memmove(text, text + zeros, strlen(text) - zeros + 1);
    if (points == 1) {
        size_t length = strlen(text);
        while (text[length - 1] == '0')
            text[--length] = '\0';
        if (text[length - 1] == '.')
            text[--length] = '\0';
    }
    return text[0] != '\0';
}

static void collapse_spaces(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from == ' ' && to > text && to[-1] == ' ')
            continue;
        *to++ = *from;
    }
    *to = '\0';
}

/* Cuts " (94)" off a name; *ret_bracket is its start, or NULL. */
static void cut_bracket(char *name, const char **ret_number) {
    *ret_number = NULL;
    size_t length = strlen(name);
    char *open = strrchr(name, '(');
    if (open == NULL || open == name || name[length - 1] != ')')
        return;
    size_t digits = strspn(open + 1, "0123456789");
    if (digits == 0 || open[1 + digits] != ')' || open + digits + 2 != name + length)
        return;
    open[1 + digits] = '\0';
    *open = '\0';
    *ret_number = open + 1;
    sg_text_trim(name);
}

static bool has_letters(const char *text) {
    for (; *text != '\0'; text++) {
        if (isalpha((unsigned char)*text) || (unsigned char)*text >= 0x80)
            return true;
    }
    return false;
}

/* The number before a name, and the name behind it. False when out of memory. */
static bool split_front(struct sg_area_forms *forms) {
    const char *text = forms->name;
    size_t digits = strspn(text, "0123456789"), marks = strspn(text + digits, " .:;,/-)");
    const char *behind = text + digits + marks;
    if (digits == 0 || digits > 12 || memchr(text + digits, ' ', marks) == NULL || !has_letters(behind))
        return true;
    forms->has_mark = strspn(text + digits, " ") < marks;
    forms->behind = sg_strdup(behind);
    forms->front = sg_strdup(text);
    if (forms->behind == NULL || forms->front == NULL)
        return false;
    forms->front[digits] = '\0';
    simplify_number(forms->front);
    return true;
}

static bool has_only_ascii(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text >= 0x80)
            return false;
    }
    return true;
}

bool sg_area_forms_make(const char *text, struct sg_area_forms *forms) {
    *forms = (struct sg_area_forms){.plain = sg_strdup(text)};
    if (forms->plain == NULL)
        return false;
    sg_text_trim(forms->plain);
    make_marks_plain(forms->plain);
    forms->number = sg_strdup(forms->plain);
    forms->whole = sg_text_fold(forms->plain);
    if (forms->whole != NULL)
        collapse_spaces(forms->whole);
    forms->name = forms->whole == NULL ? NULL : sg_strdup(forms->whole);
    if (forms->number == NULL || forms->name == NULL)
        return false;
    if (!simplify_number(forms->number)) {
        sg_free(forms->number);
        forms->number = NULL;
    }
    const char *bracket;
    cut_bracket(forms->name, &bracket);
    if (bracket != NULL) {
        forms->bracket = sg_strdup(bracket);
        if (forms->bracket == NULL)
            return false;
        simplify_number(forms->bracket);
    }
    if (!split_front(forms))
        return false;
    if (!has_only_ascii(forms->name) || forms->number != NULL)
        return true; /* other scripts have no such letters, numbers are not names */
    forms->letters = sg_text_slug(forms->name);
    if (forms->letters == NULL)
        return false;
    if (strcmp(forms->letters, "_") == 0)
        forms->letters[0] = '\0';
    return true;
}
