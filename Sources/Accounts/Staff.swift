package import Vocabulary

/// A member of staff: at a window, in a department's office, or at the machines.
package struct Staff: Hashable, Sendable {
    package let id: StaffID
    /// Nil once it was erased, after she left; the employee number stands for her then.
    package let name: FullName?
    /// The number of the house (工号), unique.
    package let employeeNumber: EmployeeNumber
    /// The city or county whose hall or department she works in. At which window she sits, `Windows` knows.
    package let region: Region
    /// The number of her own identity card, by which a conflict of interest is seen (回避); nil where nobody entered it,
    /// and once it was erased.
    package let citizenID: CitizenID?
    /// When she left; nil while she serves.
    package let leftAt: Instant?

    /// A member of staff who serves.
    package init(
        _ id: StaffID, name: FullName, employeeNumber: EmployeeNumber, region: Region, citizenID: CitizenID? = nil
    ) {
        self.init(
            id, name: name, employeeNumber: employeeNumber, region: region, citizenID: citizenID, leftAt: nil)
    }

    init(
        _ id: StaffID, name: FullName?, employeeNumber: EmployeeNumber, region: Region, citizenID: CitizenID?,
        leftAt: Instant?
    ) {
        self.citizenID = citizenID
        self.id = id
        self.name = name
        self.employeeNumber = employeeNumber
        self.region = region
        self.leftAt = leftAt
    }

    /// Whether she still serves.
    package var serves: Bool { leftAt == nil }
}

/// The number of a member of staff: 2 to 20 letters, digits or `-`, in upper case.
package struct EmployeeNumber: Hashable, Comparable, Sendable, Encodable, CustomStringConvertible {
    package let text: String

    /// Nil for a text of another shape; lower case is raised.
    package init?(_ text: String) {
        let raised = text.uppercased()
        guard (2...20).contains(raised.utf8.count), isASCII(raised, alsoAllowed: "-") else { return nil }
        self.text = raised
    }

    package var description: String { text }

    package static func < (left: EmployeeNumber, right: EmployeeNumber) -> Bool { left.text < right.text }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Whether the text is made of ASCII letters and digits and these other characters only.
func isASCII(_ text: String, alsoAllowed others: String) -> Bool {
    text.utf8.allSatisfy { character in
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: others.utf8.contains(character)
        }
    }
}
