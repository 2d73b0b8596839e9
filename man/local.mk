dist_man_MANS += man/rollcall.1 man/rollcall-catalogue.5 man/rollcall-result.5
