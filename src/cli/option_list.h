/* Every option, once: id, long name, short letter (0: none), argument (NULL: a flag), kind of value,
   commands, scope, help. Parsing, --help, the man page, completions and the keys of project files all come
   from here. */

/* What is read */
SG_OPTION(AREAS, "areas", 0, "FILE", FILE, COVERAGE | CHECK | INIT, JOB,
          "neighbourhood polygons: any layer that GDAL reads, or a .zip with one")
SG_OPTION(AREAS_LAYER, "areas-layer", 0, "LAYER", TEXT, COVERAGE | CHECK | INIT, JOB,
          "its layer, where the file has several")
SG_OPTION(AREAS_WHERE, "areas-where", 0, "SQL", TEXT, COVERAGE | CHECK, JOB,
          "only areas for which the condition holds")
SG_OPTION(AREAS_CRS, "areas-crs", 0, "CRS", TEXT, COVERAGE | CHECK, JOB,
          "its coordinate reference system, instead of the file's own (EPSG:26917)")
SG_OPTION(AREA_ID, "area-id", 0, "FIELD", TEXT, COVERAGE | CHECK | INIT | MAP, JOB,
          "field with the area's id (default: the feature id)")
SG_OPTION(AREA_NAME, "area-name", 0, "FIELD", TEXT, COVERAGE | CHECK | INIT, JOB,
          "field with the area's name (default: recognised, else the id)")
SG_OPTION(POPULATION, "population", 0, "FIELD", TEXT, COVERAGE | CHECK | INIT, JOB,
          "field of the areas, or of a joined table, with the people who live there")
SG_OPTION(NEED, "need", 0, "FIELD", TEXT, COVERAGE | CHECK | INIT, JOB,
          "field of the areas, or of a joined table, with the people who need the services (default: the "
          "population)")
SG_OPTION(
    JOIN, "join", 0, "FILE", FILE, COVERAGE | CHECK, JOIN,
    "a table attached to the areas by id or name, a row or a column for each; may be given several times. "
    "A field of it is named by its label, \"HEADING > LABEL\" or \"row 12\"")
SG_OPTION(JOIN_KEY, "join-key", 0, "FIELD", TEXT, COVERAGE | CHECK, JOIN,
          "its column (or row) with the areas' ids or names (default: recognised)")
SG_OPTION(JOIN_LAYER, "join-layer", 0, "LAYER", TEXT, COVERAGE | CHECK, JOIN,
          "its layer or sheet, where the file has several")
SG_OPTION(ALIASES, "aliases", 0, "FILE", FILE, COVERAGE | CHECK | MAP, JOB,
          "table of two columns, from and to: how joined tables and regions spell areas, and which they are")
SG_OPTION(
    REGIONS, "regions", 0, "FILE", FILE, COVERAGE | CHECK | MAP | INIT, JOB,
    "table with columns area_id and region (an area may be in several), or polygons, which take areas by "
    "the share of their land")
SG_OPTION(REGION_NAME, "region-name", 0, "FIELD", TEXT, COVERAGE | CHECK | MAP, JOB,
          "field of region polygons with the name (default: recognised)")
SG_OPTION(SERVICES, "services", 0, "FILE", FILE, COVERAGE | CHECK | INIT, SERVICE,
          "service locations, a layer or table; may be given several times, each with its fields behind it; "
          "those behind the last are for all")
SG_OPTION(SERVICES_LAYER, "services-layer", 0, "LAYER", TEXT, COVERAGE | CHECK, SERVICE, "its layer")
SG_OPTION(SERVICES_WHERE, "services-where", 0, "SQL", TEXT, COVERAGE | CHECK, SERVICE,
          "only records for which the condition holds")
SG_OPTION(SERVICES_CRS, "services-crs", 0, "CRS", TEXT, COVERAGE | CHECK, SERVICE,
          "its coordinate reference system")
SG_OPTION(TYPE, "type", 0, "FIELD", TEXT, COVERAGE | CHECK | MAP | INIT, SERVICE,
          "field with the type of service (default: recognised)")
SG_OPTION(TYPE_VALUE, "type-value", 0, "TYPE", TEXT, COVERAGE | CHECK | MAP, SERVICE,
          "one type for all records of the file")
SG_OPTION(TYPE_SEPARATOR, "type-separator", 0, "C", TEXT, COVERAGE | CHECK | MAP, SERVICE,
          "what parts several types in one field (default: ; and |)")
SG_OPTION(TAXONOMY, "taxonomy", 0, "NAME|FILE", TAXONOMY, COVERAGE | CHECK | MAP | INIT, JOB,
          "kinds of service (default: the types as found)")
SG_OPTION(RULES, "rules", 0, "FILE", FILE, COVERAGE | CHECK | MAP, JOB,
          "rules that map the file's type texts to the taxonomy")
SG_OPTION(LON, "lon", 0, "FIELD", TEXT, COVERAGE | CHECK | MAP, SERVICE, "column with the longitude or x")
SG_OPTION(LAT, "lat", 0, "FIELD", TEXT, COVERAGE | CHECK | MAP, SERVICE, "column with the latitude or y")
SG_OPTION(ORGANIZATION, "organization", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE,
          "field with who offers the service")
SG_OPTION(SCOPE, "scope", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE,
          "field with universal, immigrant-specific or mixed")
SG_OPTION(LEVEL, "level", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE, "field with core or occasional")
SG_OPTION(TARGETS, "targets", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE, "field with the target groups")
SG_OPTION(SERVICE_ID, "service-id", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE,
          "field with the ids that --costs leads to")
SG_OPTION(WEIGHT, "weight", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE,
          "field with the size of the service (default: 1 each; 0 is no service)")
SG_OPTION(OPENED, "opened", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE, "field with the date of opening")
SG_OPTION(CLOSED, "closed", 0, "FIELD", TEXT, COVERAGE | CHECK, SERVICE, "field with the date of closing")
SG_OPTION(AS_OF, "as-of", 0, "DATE", DATE, COVERAGE | CHECK, JOB,
          "only services open on that date (2013-06-30)")
SG_OPTION(
    DEMAND, "demand", 0, "FILE", FILE, COVERAGE | CHECK | INIT, JOB,
    "where people live: points, or polygons such as census tracts (default: spread evenly over each area)")
SG_OPTION(DEMAND_LAYER, "demand-layer", 0, "LAYER", TEXT, COVERAGE | CHECK, JOB, "its layer")
SG_OPTION(DEMAND_WHERE, "demand-where", 0, "SQL", TEXT, COVERAGE | CHECK, JOB,
          "only features for which the condition holds")
SG_OPTION(DEMAND_CRS, "demand-crs", 0, "CRS", TEXT, COVERAGE | CHECK, JOB, "its coordinate reference system")
SG_OPTION(DEMAND_POPULATION, "demand-population", 0, "FIELD", TEXT, COVERAGE | CHECK | INIT, JOB,
          "its field with the people (default: recognised)")
SG_OPTION(DEMAND_NEED, "demand-need", 0, "FIELD", TEXT, COVERAGE | CHECK, JOB,
          "its field with the people who need the services")
SG_OPTION(DEMAND_ID, "demand-id", 0, "FIELD", TEXT, COVERAGE | CHECK, JOB,
          "its field with the ids that --costs starts from (without --demand: the ids of the areas)")
SG_OPTION(COSTS, "costs", 0, "FILE", FILE, COVERAGE | CHECK, JOB,
          "travel costs from elsewhere, for distances: a table with from_id, to_id and cost, in metres or "
          "minutes as --within says; pairs that are not in it have no path")
SG_OPTION(STREETS, "streets", 0, "FILE", FILE, COVERAGE | CHECK | MAP | INIT, MAPS,
          "lines of streets, any layer or an OpenStreetMap file (.osm.pbf): distances are measured along "
          "them; a map "
          "draws them")
SG_OPTION(STREETS_LAYER, "streets-layer", 0, "LAYER", TEXT, COVERAGE | CHECK | INIT, JOB,
          "its layer (default: lines, else the first)")
SG_OPTION(STREETS_WHERE, "streets-where", 0, "SQL", TEXT, COVERAGE | CHECK | MAP, MAPS,
          "only lines for which the condition holds")
SG_OPTION(STREETS_CRS, "streets-crs", 0, "CRS", TEXT, COVERAGE | CHECK, JOB,
          "its coordinate reference system")
SG_OPTION(TRAVEL_MODE, "travel-mode", 0, "MODE", TRAVEL_MODE, COVERAGE | CHECK, JOB,
          "how people travel along streets: walk (default), cycle or drive")
SG_OPTION(WALK_SPEED, "walk-speed", 0, "KM/H", SPEED, COVERAGE | CHECK, JOB,
          "of people on foot, for minutes (default 4.8)")
SG_OPTION(SPEEDS, "speeds", 0, "FILE", FILE, COVERAGE | CHECK, JOB,
          "table class,kmh: speeds of street classes, for minutes by bicycle, car")
SG_OPTION(SNAP_LIMIT, "snap-limit", 0, "DIST", DISTANCE, COVERAGE | CHECK, JOB,
          "who lives, or what lies, farther from any street than this is on none (default 500m)")
SG_OPTION(MIN_PIECE, "min-piece", 0, "DIST", DISTANCE, COVERAGE | CHECK, JOB,
          "leave out pieces of the street network that are joined to nothing else and shorter than this, so "
          "that nobody is held by a path that leads nowhere (default: none)")
SG_OPTION(GRID_POINTS, "grid-points", 0, "N", COUNT, COVERAGE | CHECK, JOB,
          "points in each demand polygon, at least (default 100)")
SG_OPTION(ENCODING, "encoding", 0, "NAME", ENCODING, COVERAGE | CHECK | MAP, JOB,
          "of tables that do not say (default: UTF-8, else Windows-1252)")
SG_OPTION(FIX_SWAPPED, "fix-swapped", 0, NULL, FLAG, COVERAGE | CHECK, JOB,
          "accept points whose longitude and latitude are swapped")
SG_OPTION(
    DROP_DUPLICATES, "drop-duplicates", 0, NULL, FLAG, COVERAGE | CHECK, JOB,
    "count records with the same organization, types and place once; where no organization is known, all")

/* What is measured and judged */
SG_OPTION(WITHIN, "within", 0, "DIST[,DIST]", DISTANCES, COVERAGE | CHECK | INIT, JOB,
          "threshold(s): 800, 800m, 1.2km, 15min (default 1km); minutes need --streets or --costs")
SG_OPTION(BENCHMARK, "benchmark", 0, "RULE", BENCHMARK, COVERAGE | CHECK, JOB,
          "supply that counts as enough: median, average, \"1 per 5000\", \"90%\", a number, or a table "
          "type,benchmark")
SG_OPTION(SUPPLY, "supply", 0, "MEASURE", SUPPLY, COVERAGE | CHECK, JOB,
          "what the gap is judged on: reach (default), count, access or within")
SG_OPTION(MEASURES, "measures", 0, "LIST", MEASURES, COVERAGE, JOB,
          "only these measures: count,per_10k,... (default: all)")
SG_OPTION(ACCESS, "access", 0, "FAMILY", ACCESS, COVERAGE | CHECK, JOB,
          "floating catchments for access: e2sfca (default), 2sfca, m2sfca or 3sfca")
SG_OPTION(DECAY, "decay", 0, "DECAY", DECAY, COVERAGE | CHECK, JOB,
          "how a service counts less with distance in them: step (default), none, gaussian[:SIGMA], "
          "exponential[:RATE], linear[:END], logistic[:MIDDLE:SPREAD] or power[:EXPONENT:FROM]")
SG_OPTION(MIN_POPULATION, "min-population", 0, "N", NUMBER, COVERAGE | CHECK, JOB,
          "suppress areas with fewer people")
SG_OPTION(GAP_CUTS, "gap-cuts", 0, "A,B,C,D", CUTS, COVERAGE | CHECK, JOB,
          "limits of the gap classes (default 10,25,50,75)")
SG_OPTION(TYPE_WEIGHTS, "type-weights", 0, "CODE=N,...", TEXT, COVERAGE | CHECK, JOB,
          "weights of types in the gap index: EMP=2,OTH=0 (default: the taxonomy's, else 1)")
SG_OPTION(
    GROUPS, "groups", 0, "NAME=FIELD,...", TEXT, COVERAGE | CHECK, JOB,
    "groups of people and their fields (of the areas, a joined table or the demand), numbers of people or, "
    "with :percent behind, percent of them: \"seniors=Age65,newcomers=Immigrant%:percent\"")
SG_OPTION(NEED_INDEX, "need-index", 0, "FIELD:+:W,...", TEXT, COVERAGE | CHECK, JOB,
          "one index of need from several fields: + where high values mean need, - where low ones do, and a "
          "weight: \"LIM%:+:2,income:-\"; the priority crosses it with the gap")
SG_OPTION(NEED_INDEX_METHOD, "need-index-method", 0, "METHOD", NEED_METHOD, COVERAGE | CHECK, JOB,
          "zscore (default): mean of standard scores; percentile: rank of the sum of ranks, 0 to 1")
SG_OPTION(SMOOTH, "smooth", 0, NULL, FLAG, COVERAGE, JOB,
          "also the 95% interval of every rate per 10,000, and the rate smoothed towards the city's where "
          "people are few")
SG_OPTION(
    STATUS, "status", 0, "FIELD", TEXT, COVERAGE | CHECK, JOB,
    "field (of the areas, a joined table or the demand) with people's income or rank, the poorest lowest: "
    "who has more, rich or poor?")
SG_OPTION(
    CLUSTERS, "clusters", 0, NULL, FLAG, COVERAGE, JOB,
    "fairness and clusters of the gap, which a project has by itself, also in a table alone or among over "
    "2,000 areas")
SG_OPTION(PERMUTATIONS, "permutations", 0, "N", COUNT, COVERAGE | CHECK, JOB,
          "random cities that a cluster is held against (default 9999)")
SG_OPTION(SEED, "seed", 0, "N", COUNT, COVERAGE | CHECK, JOB,
          "where chance begins: the same seed, the same result (default 1)")
SG_OPTION(CATCHMENTS, "catchments", 0, "LIST", CATCHMENTS, COVERAGE, JOB,
          "what is within the thresholds, as layers: types (polygons, in every GeoPackage), streets (the "
          "lines in them), sites (polygons of every service), or none; "
          "where it is named, beside layers of one format also as files: catchments.shp")
SG_OPTION(TIDY, "tidy", 0, NULL, FLAG, COVERAGE, JOB, "also a long table: area, type, measure, value")

/* Words */
SG_OPTION(LANGUAGE, "language", 0, "en|fr", LANGUAGE, COVERAGE | CHECK | MAP, JOB,
          "of titles, findings and legends (default en)")
SG_OPTION(TITLE, "title", 0, "TEXT", CAPTION, MAP, MAPS,
          "title, like all words of a map at most 2000 characters (default: the finding)")
SG_OPTION(SUBTITLE, "subtitle", 0, "TEXT", CAPTION, MAP, MAPS, "subtitle (default: measure, unit, people)")
SG_OPTION(SOURCE, "source", 0, "TEXT", CAPTION, MAP, MAPS, "sources of the data, printed under the map")
SG_OPTION(CREDIT, "credit", 0, "TEXT", CAPTION, MAP, MAPS, "who prepared it")
SG_OPTION(NOTE, "note", 0, "TEXT", CAPTION, MAP, MAPS, "a note under the map")

/* Maps */
SG_OPTION(LAYER, "layer", 0, "FILE", FILE, MAP, MAPS, "polygon layer to map")
SG_OPTION(LAYER_NAME, "layer-name", 0, "LAYER", TEXT, MAP, MAPS, "its layer, where the file has several")
SG_OPTION(LAYER_WHERE, "layer-where", 0, "SQL", TEXT, MAP, MAPS,
          "only features for which the condition holds")
SG_OPTION(LAYER_CRS, "layer-crs", 0, "CRS", TEXT, MAP, MAPS, "its coordinate reference system")
SG_OPTION(KIND, "kind", 0, "KIND", MAP_KIND, MAP, MAPS,
          "choropleth (default), bivariate, multiples, symbols, change, clusters, dots or regions")
SG_OPTION(CHART, "chart", 0, "CHART", CHART_KIND, MAP, MAPS,
          "a chart instead of a map: bars, lollipops, dotplot, stacked, lorenz or curves")
SG_OPTION(FIELD, "field", 0, "FIELD", TEXT, MAP, MAPS,
          "field or column to map, numbers or text; for multiples a list, or a measure of every type: gap")
SG_OPTION(FIELD2, "field2", 0, "FIELD", TEXT, MAP, MAPS,
          "second field of a bivariate map; the people of a Lorenz curve")
SG_OPTION(
    METHOD, "method", 0, "METHOD", METHOD, MAP, MAPS,
    "class breaks: quantile (default), jenks, equal, pretty, stddev, headtail, boxplot, maximum, custom")
SG_OPTION(CLASSES, "classes", 0, "N", CLASSES, MAP, MAPS, "number of classes (default 5)")
SG_OPTION(BREAKS, "breaks", 0, "A,B,C", BREAKS, MAP, MAPS, "limits between classes, for --method custom")
SG_OPTION(CENTRE, "centre", 0, "N", SIGNED, MAP, MAPS,
          "a diverging map about this value: classes and colours turn there")
SG_OPTION(SCHEME, "scheme", 0, "NAME|FILE", TEXT, MAP, MAPS, "colours (`servicegap list schemes`)")
SG_OPTION(REVERSE, "reverse", 0, NULL, FLAG, MAP, MAPS, "turn the colours round")
SG_OPTION(FORCE_PALETTE, "force-palette", 0, NULL, FLAG, MAP, MAPS,
          "use colours that some people cannot tell apart")
SG_OPTION(THEME, "theme", 0, "NAME|FILE", TEXT, MAP, MAPS, "look of the page (default council)")
SG_OPTION(PAPER, "paper", 0, "SIZE", TEXT, MAP, MAPS,
          "letter (default), legal, tabloid, a4, a3, slide, 420x297mm, 1920x1080px")
SG_OPTION(LANDSCAPE, "landscape", 0, NULL, FLAG, MAP, MAPS, "wider than high (default)")
SG_OPTION(PORTRAIT, "portrait", 0, NULL, FLAG, MAP, MAPS, "higher than wide")
SG_OPTION(DPI, "dpi", 0, "N", DPI, MAP, MAPS, "resolution of PNG (default 200)")
SG_OPTION(CRS, "crs", 0, "CRS", TEXT, MAP, MAPS,
          "projection of the map (default: the layer's own, else a local one)")
SG_OPTION(ROTATE, "rotate", 0, "DEG|auto", ROTATE, MAP, MAPS,
          "turn the map clockwise; auto: the turn that fills the frame best")
SG_OPTION(LABELS, "labels", 0, "FIELD|none", TEXT, MAP, MAPS, "field with the labels (default: the name)")
SG_OPTION(LINES, "lines", 0, "FILE", FILE, MAP, MAPS,
          "in a project file: lines to draw for orientation, streets or rail, where they are not the "
          "--streets that "
          "distances are measured along")
SG_OPTION(LINES_WHERE, "lines-where", 0, "SQL", TEXT, MAP, MAPS,
          "only lines of it for which the condition holds")
SG_OPTION(WATER, "water", 0, "FILE", FILE, MAP, MAPS, "water polygons under the map")
SG_OPTION(LAND, "land", 0, "FILE", FILE, MAP, MAPS, "neighbouring land under the map")
SG_OPTION(SITES, "sites", 0, "FILE", SITES, MAP, MAPS,
          "points to draw, with a symbol by type (in a project: yes for its own services)")

/* Lists */
SG_OPTION(
    CHECK, "check", 0, NULL, FLAG, LIST, RUNNING,
    "with schemes: how far apart the colours are for each kind of sight, and what the palette gate says")

/* What may be read */
SG_OPTION(ALLOW_DRIVER, "allow-driver", 0, "NAME[,NAME]", TEXT, COVERAGE | CHECK | MAP | RUN | INIT, RUNNING,
          "also read with these drivers of GDAL, such as VRT or PostgreSQL: only for inputs that you trust")
SG_OPTION(ALLOW_NETWORK, "allow-network", 0, NULL, FLAG, COVERAGE | CHECK | MAP | RUN | INIT, RUNNING,
          "also read sources on the network, and what files say is there")

/* Reports */
SG_OPTION(JSON, "json", 0, NULL, FLAG, CHECK, RUNNING, "the report as a JSON object, for scripts")

/* Output */
SG_OPTION(OUTPUT, "output", 'o', "FILE", FILE, COVERAGE | MAP | CHECK | INIT | DEMO | RUN, JOB,
          "where to write; the ending chooses the format (check: the problems that have a place, as points)")
SG_OPTION(OVERWRITE, "overwrite", 0, NULL, FLAG, COVERAGE | MAP | CHECK | INIT | DEMO | RUN, JOB,
          "replace existing files")
SG_OPTION(STRICT, "strict", 0, NULL, FLAG, COVERAGE | MAP | CHECK | RUN, JOB, "warnings become errors")
SG_OPTION(THREADS, "threads", 0, "N", THREADS, COVERAGE | MAP | CHECK | RUN | DEMO, JOB,
          "threads to use, 1 to 1024 (default: one per core)")
SG_OPTION(QUIET, "quiet", 'q', NULL, FLAG, ANY, RUNNING, "only errors and warnings")
SG_OPTION(VERBOSE, "verbose", 'v', NULL, FLAG, ANY, RUNNING, "also the findings and what was decided")
SG_OPTION(HELP, "help", 'h', NULL, FLAG, ANY, RUNNING, "show this help")
