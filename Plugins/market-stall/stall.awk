# Answers one request of Patron's wire (api 1). Values are kept as they are written, texts with their quotes.
#
# Details: "stall"; optional "goods" (text), "slate" (true while the money is owed), "till" (a whole number).

{
    rest = $0
    read_value("")
    answer(value["method"])
    exit stop
}

function answer(method) {
    if (method == "\"initialize\"") result("{\"plugin\":\"market-stall\",\"api\":1}")
    else if (method == "\"translate\"") translate()
    else if (method == "\"revise\"") revise()
    else if (method == "\"shutdown\"") { result("{}"); stop = 1 }
    else if (method == "\"tenant.open\"" || method == "\"tenant.close\"" || method == "\"ping\"") result("{}")
    else refuse(-32601, "no-method", "this plugin does not know the method", "")
}

function translate() {
    if (!check()) return
    if (value["params/details/slate"] == "true") result("{\"order\":{\"state\":\"owed\"}}")
    else result("{\"order\":{\"state\":\"sold\",\"paid\":\"all\"}}")
}

# Who pays what is on the slate is owed nothing more.
function revise() {
    if (!check()) return
    if (value["params/order/channel_state"] == "\"owed\"" && value["params/details/slate"] == "false" \
        && value["params/change/state"] != "\"cancelled\"")
        result("{\"change\":{\"state\":\"paid\",\"paid\":\"all\"}}")
    else result("{}")
}

# Whether the details are as they should be; if not, that has been answered.
function check(    stall) {
    stall = value["params/details/stall"]
    if (stall == "" || stall == "null" || stall ~ /^"[ \t]*"$/) {
        refuse(422, "incomplete", "missing: stall", ",\"missing\":[\"stall\"]")
        return 0
    }
    return is("stall", "text") && is("goods", "text") && is("slate", "flag") && is("till", "number")
}

function is(name, wanted,    found) {
    found = kind["params/details/" name]
    if (found == "" || found == "null" || found == wanted) {
        if (wanted != "number" || value["params/details/" name] ~ /^([1-9][0-9]?[0-9]?)?$/) return 1
        found = "another number"
        wanted = "number from 1 to 999"
    }
    refuse(400, "bad-value", name ": a " wanted " is needed", ",\"argument\":\"details." name "\"")
    return 0
}

function result(json) {
    print "{\"jsonrpc\":\"2.0\",\"id\":" value["id"] ",\"result\":" json "}"
}

function refuse(code, slug, message, more) {
    printf "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"", value["id"], code, message
    print ",\"data\":{\"slug\":\"" slug "\"" more "}}}"
}

# Reads a value into value[path] and kind[path], where a path is names parted by slashes.
function read_value(path,    token, inside) {
    token = next_token()
    inside = path == "" ? "" : path "/"
    if (token == "{") {
        kind[path] = "object"
        for (token = next_token(); token != "}" && token != ""; token = next_token()) {
            if (token == ",") continue
            next_token()
            read_value(inside substr(token, 2, length(token) - 2))
        }
    } else if (token == "[") {
        kind[path] = "list"
        while (rest !~ /^[ \t]*\]/ && rest != "") {
            read_value(inside "-")
            if (rest ~ /^[ \t]*,/) next_token()
        }
        next_token()
    } else {
        value[path] = token
        kind[path] = token ~ /^"/ ? "text" : token ~ /^[tf]/ ? "flag" : token == "null" ? "null" : "number"
    }
}

function next_token(    token) {
    sub(/^[ \t\r]+/, "", rest)
    if (rest ~ /^"/) token = text_token()
    else if (match(rest, /^[^][{}:," \t\r]+/)) token = substr(rest, 1, RLENGTH)
    else token = substr(rest, 1, 1)
    rest = substr(rest, length(token) + 1)
    return token
}

# Up to the first quote that no backslash stands before.
function text_token(    end) {
    end = 2
    while (end <= length(rest)) {
        if (!match(substr(rest, end), /["\\]/)) return rest
        end += RSTART - 1
        if (substr(rest, end, 1) == "\"") return substr(rest, 1, end)
        end += 2
    }
    return rest
}
