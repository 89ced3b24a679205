/* Numbers as census tables and spreadsheets write them. */
#ifndef SG_READ_NUMBER_TEXT_H
#define SG_READ_NUMBER_TEXT_H

enum sg_number_text { SG_NUMBER_READ, SG_NUMBER_MISSING, SG_NUMBER_BAD };

/* Reads "1,234", "12 345", "12 345,6", "1'234", "45.5%", "$1,200" (value as written: 45.5 for a percentage).
   Suppressed or not applicable ("", "..", "...", "x", "F", "n/a", "na", "null", "-") is missing, never 0.
   *ret_number is NaN unless SG_NUMBER_READ. */
enum sg_number_text sg_number_from_text(const char *text, double *ret_number);

/* Reads a coordinate: a plain decimal with point or comma, white space around it allowed. */
enum sg_number_text sg_coordinate_from_text(const char *text, double *ret_degrees);

/* Reads "2013", "2013-06", "2013-06-30" or "2013/06/30" as days since year 0 (proleptic, 31-day months: only
   for comparing); a missing month or day is the first, and a time after the day is passed over. A day that
   the month has not ("2013-02-30") is bad. */
enum sg_number_text sg_date_from_text(const char *text, double *ret_day);

#endif
