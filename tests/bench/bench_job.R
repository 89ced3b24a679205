# The whole job with R's sf, as an analyst writes it: areas and services in, counts by type and a rate out as a shapefile,
# one map as PNG. Prints the seconds from start to end, packages included.
#
# Usage: Rscript bench_job.R AREAS SERVICES.csv FOLDER
#
# In the plane (sf_use_s2(FALSE)), which is three seconds quicker than sf's default; breaks by classInt's Fisher-Jenks (of a
# sample above 3,000 values, as it does by itself).
start <- proc.time()[["elapsed"]]
suppressPackageStartupMessages({
  library(sf)
  library(data.table)
  library(classInt)
})
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[3]
suppressMessages(sf_use_s2(FALSE))
areas <- st_read(arguments[1], quiet = TRUE)
areas <- areas[, c("area_id", "population")]
table <- fread(arguments[2], select = c("type", "lon", "lat"))
services <- st_as_sf(table, coords = c("lon", "lat"), crs = 4326)
within <- suppressMessages(st_intersects(services, areas))
place <- vapply(within, function(found) if (length(found)) found[1] else NA_integer_, 1L)
counts <- table(factor(place, levels = seq_len(nrow(areas))), services$type)
areas <- cbind(areas, as.data.frame.matrix(counts))
areas$all <- rowSums(counts)
areas$per_10k <- ifelse(areas$population > 0, 10000 * areas$all / areas$population, NA)
classes <- suppressWarnings(classIntervals(areas$per_10k[!is.na(areas$per_10k)], 5, "fisher"))
png(file.path(folder, "r_sf.png"), 1600, 1200)
plot(areas["per_10k"], breaks = unique(classes$brks), border = "white", lwd = 0.4, main = "")
invisible(dev.off())
suppressWarnings(st_write(areas, file.path(folder, "r_sf.shp"), delete_dsn = TRUE, quiet = TRUE))
cat(sprintf("%.3f\n", proc.time()[["elapsed"]] - start))
