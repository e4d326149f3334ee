/// The icons of the house: drawn on a grid of 24, one stroke, round ends, in the colour of the text beside them.
package enum Icon: Sendable, CaseIterable {
    case arrowLeft, arrowRight, building, calendar, certificate, check, clock, copy, cross, down, download, eye, file
    case flag, information, key, link, lock, parcel, pause, pen, person, phone, plus, print, search, ticket, undo,
        upload
    case warning

    /// The shapes within the `svg` element.
    var shapes: StaticString {
        switch self {
        case .arrowLeft: "<path d=\"M20 12H4m7-7-7 7 7 7\"/>"
        case .arrowRight: "<path d=\"M4 12h16m-7-7 7 7-7 7\"/>"
        case .building: "<path d=\"M3 21h18M5 21V9l7-5 7 5v12M9 21v-8m6 8v-8\"/>"
        case .calendar: "<path d=\"M4 6h16v15H4zM4 11h16M8 3v5m8-5v5\"/>"
        case .certificate:
            "<path d=\"M4 4h16v11H4zM8 8h8m-8 3h4\"/><circle cx=\"16\" cy=\"15\" r=\"3\"/><path d=\"M14.5 17.5V22l1.5-1 1.5 1v-4.5\"/>"
        case .check: "<path d=\"m4 12.5 5.5 5.5L20 6.5\"/>"
        case .clock: "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 7v5l3.5 2.5\"/>"
        case .copy: "<path d=\"M8 8h12v12H8zM16 8V4H4v12h4\"/>"
        case .cross: "<path d=\"m6 6 12 12M18 6 6 18\"/>"
        case .down: "<path d=\"m6 9 6 6 6-6\"/>"
        case .download: "<path d=\"M12 4v12m-5-5 5 5 5-5M4 20h16\"/>"
        case .eye:
            "<path d=\"M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12z\"/><circle cx=\"12\" cy=\"12\" r=\"2.5\"/>"
        case .file: "<path d=\"M6 3h8l5 5v13H6zM14 3v5h5M9 13h7m-7 4h7\"/>"
        case .flag: "<path d=\"M5 22V3h13l-2.5 4.5L18 12H5\"/>"
        case .information: "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 11v6m0-10v.01\"/>"
        case .key: "<path d=\"M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8\"/>"
        case .link: "<path d=\"M14 4h6v6m0-6-9 9M11 5H5v14h14v-6\"/>"
        case .lock: "<path d=\"M5 11h14v10H5zM8 11V7.5a4 4 0 0 1 8 0V11\"/>"
        case .parcel: "<path d=\"M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4m-8 4v9\"/>"
        case .pause: "<path d=\"M9 5v14m6-14v14\"/>"
        case .pen: "<path d=\"M4 20l1-4.5L16 4.5l3.5 3.5-11 11zM14 6.5l3.5 3.5\"/>"
        case .person: "<circle cx=\"12\" cy=\"8\" r=\"4\"/><path d=\"M4 21c.8-4.5 4-6.5 8-6.5s7.2 2 8 6.5\"/>"
        case .phone:
            "<path d=\"M5 4h4l1.5 5-2.5 1.5c1 2.5 3 4.5 5.5 5.5L15 13.5l5 1.5v4c0 .5-.5 1-1 1C11 20 4 13 4 5c0-.5.5-1 1-1z\"/>"
        case .plus: "<path d=\"M12 5v14M5 12h14\"/>"
        case .print: "<path d=\"M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z\"/>"
        case .search: "<circle cx=\"11\" cy=\"11\" r=\"7\"/><path d=\"m16.5 16.5 4.5 4.5\"/>"
        case .ticket: "<path d=\"M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4zM10 6v12\"/>"
        case .undo: "<path d=\"M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H8\"/>"
        case .upload: "<path d=\"M12 16V4M7 9l5-5 5 5M4 20h16\"/>"
        case .warning: "<path d=\"M12 3.5 22 20.5H2zM12 10v5m0 2.5v.01\"/>"
        }
    }
}

extension HTML {
    /// Writes an icon. With a label it speaks for itself; without one a word beside it must.
    package mutating func icon(_ icon: Icon, label: String? = nil) {
        let isSilent = label == nil
        element(
            "svg", .class("icon"), Attribute("viewBox", "0 0 24 24"), Attribute("width", "24"),
            Attribute("height", "24"), isSilent ? Attribute("aria-hidden", "true") : Attribute("role", "img"),
            .label(label)
        ) { $0.raw(icon.shapes) }
    }

    /// Writes the mark of OneWindow: a window, and in it the one stroke of 一.
    package mutating func mark() {
        raw(
            """
            <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">\
            <rect x="2" y="2" width="28" height="28" rx="6"/><path d="M8 16.5q8-2.5 16-.5"/></svg>
            """)
    }
}
