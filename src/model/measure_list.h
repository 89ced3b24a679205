/* Every measure of an area and a type: id, column suffix, short suffix, kind of number, unit, is it
   once for each threshold, title, definition. The order is that of the columns. Design section 6. */
SG_MEASURE(COUNT, "count", "CNT", "services", false, "services",
           "Sum of the weights (1 each unless a weight field is named) of the services located in the area")
SG_MEASURE(PER_10K, "per_10k", "P10K", "per 10,000", false, "services per 10,000 in need",
           "10,000 x count / need of the area; null where the need is 0 or missing")
SG_MEASURE(PER_KM2, "per_km2", "PKM2", "per km2", false, "services per km2",
           "Count / geodesic area in square kilometres")
SG_MEASURE(SHARE, "share", "SHARE", "%", false, "share of all services",
           "Count / total count of the type in all areas, in percent")
SG_MEASURE(LQ, "lq", "LQ", "ratio", false, "location quotient",
           "(count / total count) / (need of the area / total need): 1 = as many services as need")
SG_MEASURE(NEAREST, "nearest_m", "NEAR", "m", false, "mean distance to the nearest",
           "Mean over the demand points, by their weight, of the distance to the nearest service, "
           "wherever it is")
SG_MEASURE(NEAREST_P90, "nearest_p90_m", "NP90", "m", false, "distance to the nearest, 90th percentile",
           "Smallest distance within which 90% of the demand weight has its nearest service")
SG_MEASURE(WITHIN, "within_pct", "W", "%", true, "share within reach of a service",
           "Share of the demand weight with at least one service within the threshold (d <= D)")
SG_MEASURE(WITHIN2, "within2_pct", "W2", "%", true, "share within reach of two services",
           "Share of the demand weight with at least two services within the threshold")
SG_MEASURE(UNCOVERED, "uncovered", "UNCOV", "people", true, "people without a service in reach",
           "Population with no service within the threshold")
SG_MEASURE(UNREACHED, "unreached_pct", "UNRCH", "%", false, "share with no path to a service",
           "Share of the demand weight with no path at all to a service, along streets or in the table of "
           "costs (in straight lines everything has one); left out of the mean and the percentile")
SG_MEASURE(REACH, "reach", "RCH", "services", true, "services in reach of a resident",
           "Mean over the demand points, by their weight, of the sum of the weights of the services within "
           "the threshold (cumulative opportunities)")
SG_MEASURE(ACCESS, "access", "ACC", "per 10,000", true, "access per 10,000, shared with all in reach",
           "Floating catchment: every service divided among the people in reach of it, then summed over the "
           "services in reach of a resident, per 10,000 (mean over the demand points, by their weight)")
SG_MEASURE(SHORTFALL, "shortfall", "SHORT", "services", false, "services missing to the benchmark",
           "Services of average size that would have to be added, at the city's services per need, to "
           "close the gap: gap x need x (total count / total need)")
SG_MEASURE(GAP, "gap", "GAP", "0 to 1", false, "gap",
           "1 - min(1, supply / benchmark): 0 = enough, 1 = nothing")
