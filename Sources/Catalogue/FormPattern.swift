/// The shapes of answers as regular expressions that every validator of JSON Schema understands (ECMA-262, without
/// look-behind). They say exactly what `FormField.defects` says, but for the check characters of identity numbers and
/// credit codes, which no expression can count.
enum FormPattern {
    /// The end of the text. `$` also stands before a last line break in some programs.
    private static let end = #"(?![\s\S])"#
    private static let control = #"\u0000-\u001f\u007f-\u009f"#
    private static let controlOfLines = #"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"#

    /// A text without control characters, which says something where it is required; line breaks and tabs on demand.
    static func text(isRequired: Bool, hasLines: Bool) -> String {
        let control = hasLines ? controlOfLines : control
        return isRequired ? "^[^\(control)]*[^\\s\(control)][^\(control)]*\(end)" : "^[^\(control)]*\(end)"
    }

    /// `2026-11-24`, a day that there is.
    static let date = "^\(day(between: "-"))\(end)"
    /// A mobile number, or a landline with its area code.
    static let phone = "^(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})\(end)"
    /// 18 characters with a birthday among them (GB 11643).
    static let citizenID = "^[0-9]{6}\(day(between: ""))[0-9]{3}[0-9Xx]\(end)"
    /// 18 characters without I, O, S, V and Z (GB 32100).
    static let creditCode = "^[0-9A-HJ-NP-RTUWXYa-hj-np-rtuwxy]{18}\(end)"

    /// Yuan with two decimals at most, 13 digits before the point, from and to so many whole yuan.
    static func money(min: Int?, max: Int?) -> String {
        let (least, most) = (Swift.max(0, min ?? 0), Swift.min(max ?? yuanMax, yuanMax))
        var amounts: [String] = []
        if max == nil || most > least {
            amounts.append("\(number(least, max == nil ? most : most - 1))(?:\\.[0-9]{1,2})?")
        }
        if max != nil, most >= least { amounts.append("\(most)(?:\\.0{1,2})?") }
        // Noughts before the number count among its digits.
        return "^(?=[0-9]{1,13}(?![0-9]))0*(?:\(amounts.joined(separator: "|")))\(end)"
    }

    /// LIMIT: 13 digits, as `FormField` takes them.
    private static let yuanMax = 9_999_999_999_999

    /// The years of `CivilDate`.
    private static func day(between dash: String) -> String {
        let year = "(?:1[89]|[2-9][0-9])[0-9]{2}"
        let leap = "(?:(?:1[89]|[2-9][0-9])(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[3579][26])00)"
        let usual = [
            "(?:0[13578]|1[02])\(dash)(?:0[1-9]|[12][0-9]|3[01])", "(?:0[469]|11)\(dash)(?:0[1-9]|[12][0-9]|30)",
            "02\(dash)(?:0[1-9]|1[0-9]|2[0-8])",
        ]
        return "(?:\(year)\(dash)(?:\(usual.joined(separator: "|")))|\(leap)\(dash)02\(dash)29)"
    }

    /// The whole numbers between two, none of them negative, without noughts before them.
    static func number(_ least: Int, _ most: Int) -> String {
        var (parts, start) = ([String](), least)
        for stop in stops(least, most) {
            parts.append(digits(start, stop))
            start = stop + 1
        }
        return parts.count == 1 ? parts[0] : "(?:\(parts.joined(separator: "|")))"
    }

    /// Where the numbers are parted, so that in each part every place runs from one digit to another by itself.
    private static func stops(_ least: Int, _ most: Int) -> [Int] {
        var stops: Set<Int> = [most]
        var power = 10
        while case let stop = least - least % power + power - 1, stop < most {
            stops.insert(stop)
            power *= 10
        }
        power = 10
        while case let stop = (most + 1) - (most + 1) % power - 1, stop > least {
            stops.insert(stop)
            power *= 10
        }
        return stops.sorted()
    }

    private static func digits(_ start: Int, _ stop: Int) -> String {
        zip(String(start), String(stop)).map { $0 == $1 ? "\($0)" : "[\($0)-\($1)]" }.joined()
    }
}
