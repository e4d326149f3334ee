package import Store
package import Vocabulary

/// Who has an original in hand.
package enum CustodyHolder: Hashable, Sendable {
    case applicant
    /// A window of a hall, by the hall's code and the window's number.
    case window(hall: String, number: Int)
    case officer(StaffID)
    case courier(ParcelID)
    /// 档案: the archive of a body, which keeps it for good.
    case archive(CreditCode)

    /// LIMIT: characters of a hall's code.
    package static let hallCharactersMax = 32

    /// Whether nobody counts it any more: it is back, or kept for good.
    package var isLast: Bool {
        switch self {
        case .applicant, .archive: true
        case .window, .officer, .courier: false
        }
    }
}

extension CustodyHolder: CustomStringConvertible, LosslessStringConvertible, Codable, SQLBindable {
    /// `applicant`, `window:350100-1:12`, `officer:…`, `courier:…` or `archive:…`: as it stands in events and rows.
    package var description: String {
        switch self {
        case .applicant: "applicant"
        case .window(let hall, let number): "window:\(hall):\(number)"
        case .officer(let id): "officer:\(id)"
        case .courier(let id): "courier:\(id)"
        case .archive(let body): "archive:\(body)"
        }
    }

    /// Reads `description`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("applicant", 1): self = .applicant
        case ("window", 3):
            guard Self.isHall(parts[1]), let number = Int(parts[2]), (1...9999).contains(number),
                "\(number)" == parts[2]
            else { return nil }
            self = .window(hall: parts[1], number: number)
        case ("officer", 2):
            guard let id = StaffID(parts[1]) else { return nil }
            self = .officer(id)
        case ("courier", 2):
            guard let id = ParcelID(parts[1]) else { return nil }
            self = .courier(id)
        case ("archive", 2):
            guard let body = CreditCode(parts[1]), body.code == parts[1] else { return nil }
            self = .archive(body)
        default: return nil
        }
    }

    private static func isHall(_ text: String) -> Bool {
        (1...hallCharactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    package var sqlValue: SQLValue { .text(description) }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, CustodyHolder.init, "not a holder of an original")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
