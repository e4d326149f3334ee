package import Vocabulary

/// Why nothing of a calendar file is taken in. The line is that of the file, from 1; in JSON the number of the day in
/// its list.
package enum CalendarRefusal: Refusal, Equatable {
    /// The first line does not name the columns, or the JSON is not the known one.
    case wrongHead
    /// A line with too few or too many columns, or with a date, a word or a time that is none.
    case malformed(line: Int)
    case empty
    case tooLong
    /// A day of another year than the others.
    case wrongYear(line: Int)
    /// A day or a year further ahead than anybody announces.
    case tooFar(line: Int)
    /// The year is over.
    case yearOver
    /// A make-up day from Monday to Friday, which is worked anyway.
    case makeUpOnWeekday(line: Int)
    /// The same day of the same place twice.
    case dayTwice(line: Int)
    /// No name, or more than twenty characters.
    case nameWrong(line: Int)
    /// A holiday of the law that would be worked (全国年节及纪念日放假办法 art. 2).
    case holidayMissing(CivilDate)
    case unknownRegion(line: Int)
    /// A day before the announcement: nobody closed yesterday.
    case beforeAnnouncement(line: Int)
    /// The paper is dated after today.
    case announcedLater
    /// A day that is to be open again and was not closed.
    case notClosed(line: Int)
    /// Hours that end before they begin, or a last day before the first.
    case hoursWrong(line: Int)
    /// The source has no or more than a hundred characters.
    case sourceWrong
    /// Another edition was taken in since the effect of this one was shown.
    case changedMeanwhile
    /// There is no edition of this number.
    case editionNotFound

    package var code: String {
        switch self {
        case .wrongHead: "calendar.wrong-head"
        case .malformed: "calendar.malformed"
        case .empty: "calendar.empty"
        case .tooLong: "calendar.too-long"
        case .wrongYear: "calendar.wrong-year"
        case .tooFar: "calendar.too-far"
        case .yearOver: "calendar.year-over"
        case .makeUpOnWeekday: "calendar.make-up-on-weekday"
        case .dayTwice: "calendar.day-twice"
        case .nameWrong: "calendar.name-wrong"
        case .holidayMissing: "calendar.holiday-missing"
        case .unknownRegion: "calendar.unknown-region"
        case .beforeAnnouncement: "calendar.before-announcement"
        case .announcedLater: "calendar.announced-later"
        case .notClosed: "calendar.not-closed"
        case .hoursWrong: "calendar.hours-wrong"
        case .sourceWrong: "calendar.source-wrong"
        case .changedMeanwhile: "calendar.changed-meanwhile"
        case .editionNotFound: "calendar.edition-not-found"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .wrongHead, .malformed: .malformed
        case .tooLong: .tooLarge
        case .changedMeanwhile: .conflict
        case .editionNotFound: .notFound
        default: .invalid
        }
    }

    /// The line that is wrong; nil when it is the whole.
    package var line: Int? {
        switch self {
        case .malformed(let line), .wrongYear(let line), .tooFar(let line), .makeUpOnWeekday(let line),
            .dayTwice(let line), .nameWrong(let line), .unknownRegion(let line), .beforeAnnouncement(let line),
            .notClosed(let line), .hoursWrong(let line):
            line
        default: nil
        }
    }

    package static let codes = [
        "calendar.wrong-head", "calendar.malformed", "calendar.empty", "calendar.too-long", "calendar.wrong-year",
        "calendar.too-far", "calendar.year-over", "calendar.make-up-on-weekday", "calendar.day-twice",
        "calendar.name-wrong", "calendar.holiday-missing", "calendar.unknown-region", "calendar.before-announcement",
        "calendar.announced-later", "calendar.not-closed", "calendar.hours-wrong", "calendar.source-wrong",
        "calendar.changed-meanwhile", "calendar.edition-not-found",
    ]
}

extension CalendarRefusal: CustomStringConvertible {
    package var description: String {
        if let line { return "\(code), line \(line)" }
        if case .holidayMissing(let day) = self { return "\(code): \(day)" }
        return code
    }
}
