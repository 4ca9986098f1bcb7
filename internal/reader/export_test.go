package reader

// OfficeFile is for the tests outside the package.
var OfficeFile = officeFile
